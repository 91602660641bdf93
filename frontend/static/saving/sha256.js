const ROUNDS = 64;
const BLOCK_BYTES = 64;
const primes = firstPrimes(ROUNDS);
const K = Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/**
 * The SHA-256 (FIPS 180-4) of bytes, as 64 hexadecimal digits. `crypto.subtle` has it too, but not on a page that was opened
 * over plain http.
 * @param {Uint8Array} bytes
 */
export function sha256(bytes) {
  const state = START.slice();
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  const words = new Uint32Array(ROUNDS);
  for (let at = 0; at < whole; at += BLOCK_BYTES) mix(state, words, bytes, at);
  const end = lastBlocks(bytes.subarray(whole), bytes.length);
  for (let at = 0; at < end.length; at += BLOCK_BYTES) mix(state, words, end, at);
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}

function lastBlocks(rest, length) {
  const end = new Uint8Array(rest.length + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES);
  end.set(rest);
  end[rest.length] = 0x80;
  const bits = new DataView(end.buffer);
  bits.setUint32(end.length - 8, Math.floor(length / 2 ** 29));
  bits.setUint32(end.length - 4, (length * 8) >>> 0);
  return end;
}

function mix(state, words, bytes, at) {
  for (let i = 0; i < 16; i += 1) {
    const j = at + 4 * i;
    words[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
  }
  for (let i = 16; i < ROUNDS; i += 1) {
    const [x, y] = [words[i - 15], words[i - 2]];
    const small0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const small1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    words[i] = words[i - 16] + small0 + words[i - 7] + small1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < ROUNDS; i += 1) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const one = (h + big1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const two = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
}

function rotate(word, count) {
  return (word >>> count) | (word << (32 - count));
}

function fraction(value) {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

function firstPrimes(count) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime)) found.push(n);
  return found;
}
