const LEAST_INSIDE = 3;

/**
 * The options that begin with `word`, then those that hold it, best first.
 *
 * Letters strewn over a word do not count: to a beginner, `copyright` is no answer to `pri`.
 */
export function rankOptions(word, options) {
  const wanted = word.toLowerCase();
  const tier = ({ label }) => {
    if (label.startsWith(word)) return 0;
    const at = label.toLowerCase().indexOf(wanted);
    if (at === 0) return 1;
    return at > 0 && word.length >= LEAST_INSIDE ? 2 : null;
  };
  return options
    .map((option) => ({ option, tier: tier(option) }))
    .filter((each) => each.tier !== null)
    .sort((one, other) => one.tier - other.tier || other.option.boost - one.option.boost || order(one, other))
    .map(({ option }) => option);
}

function order({ option: one }, { option: other }) {
  return one.label < other.label ? -1 : 1;
}
