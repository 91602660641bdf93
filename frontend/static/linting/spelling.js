const LONGEST = 40;

/** The name of `candidates` that `name` is most likely a misspelling of, or null. */
export function closestName(name, candidates) {
  const most = name.length < 4 ? 1 : 2;
  let best = null;
  let least = most + 1;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) > most || candidate.length > LONGEST) continue;
    const isOtherCase = candidate.toLowerCase() === name.toLowerCase();
    const steps = isOtherCase ? 0.5 : distance(name, candidate);
    // One-letter names are all one step from each other.
    if (steps < least && (isOtherCase || steps < Math.min(name.length, candidate.length) / 2 + 0.5)) {
      best = candidate;
      least = steps;
    }
  }
  return best;
}

/** Steps from one word to the other: a letter more, less, another, or two swapped (optimal string alignment). */
function distance(one, other) {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let steps = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        steps = Math.min(steps, rows[i - 2][j - 2] + 1);
      }
      rows[i].push(steps);
    }
  }
  return rows[one.length][other.length];
}
