const ALWAYS = ["kind"];
const GIVEN = {
  io: ["input", "files"],
  call: ["call", "setup", "input", "files"],
  file: ["path", "input", "files"],
  structure: [],
  unittest: ["path", "source"],
};

/**
 * What a worker needs to know of a test, and nothing of what is expected: a student's program runs in that worker and can
 * read all of it. Only a unittest cannot be had without its answers, which stand in its source.
 * @param {object} test the JSON of a test, from exercises/representation.py
 * @returns {object} with only the keys listed above; of `leaves` its names
 */
export function withoutAnswers(test) {
  const given = Object.fromEntries([...ALWAYS, ...GIVEN[test.kind]].map((key) => [key, test[key]]));
  return test.kind === "call" ? { ...given, leaves: Object.keys(test.leaves) } : given;
}
