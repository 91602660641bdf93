/**
 * Pairs the items of two lists that belong together, in order: a longest common subsequence. Takes time and memory in
 * proportion to the product of what is left between their common beginning and end: a thousand items each at most.
 * @template A, B
 * @param {A[]} left
 * @param {B[]} right
 * @param {(a: A, b: B) => boolean} isSame
 * @returns {[A|null, B|null][]} each item once; null stands opposite one that has no partner
 */
export function align(left, right, isSame) {
  let start = 0;
  while (start < left.length && start < right.length && isSame(left[start], right[start])) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && isSame(left[leftEnd - 1], right[rightEnd - 1])) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const between = alignMiddle(left.slice(start, leftEnd), right.slice(start, rightEnd), isSame);
  const head = left.slice(0, start).map((item, index) => [item, right[index]]);
  const tail = left.slice(leftEnd).map((item, index) => [item, right[rightEnd + index]]);
  return [...head, ...between, ...tail];
}

function alignMiddle(left, right, isSame) {
  const width = right.length + 1;
  // lengths[i * width + j]: how many pairs there are at best from left[i] and right[j] on
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      lengths[at] = isSame(left[i], right[j])
        ? lengths[at + width + 1] + 1
        : Math.max(lengths[at + width], lengths[at + 1]);
    }
  }
  const pairs = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const at = i * width + j;
    if (isSame(left[i], right[j])) pairs.push([left[i++], right[j++]]);
    else if (lengths[at + width] >= lengths[at + 1]) pairs.push([left[i++], null]);
    else pairs.push([null, right[j++]]);
  }
  for (; i < left.length; i += 1) pairs.push([left[i], null]);
  for (; j < right.length; j += 1) pairs.push([null, right[j]]);
  return pairs;
}
