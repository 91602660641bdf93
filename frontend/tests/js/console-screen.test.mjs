import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MAX_SHOWN_CHARS, MAX_SHOWN_LINES, SCREEN_ROWS, Screen } from "../../static/console/screen.js";

/** Everything a screen shows, as drawn from its very first line on. */
class Shown {
  screen = new Screen();
  gone = [];

  write(text, stream = "out") {
    this.screen.write(stream, text);
    const { retired, wasCleared } = this.screen.takeChanges();
    if (wasCleared) this.gone = [];
    this.gone.push(...retired);
    return this;
  }

  get lines() {
    return [...this.gone, ...this.screen.lines];
  }

  get text() {
    return this.lines.map((line) => line.cells.join("") + (line.hasEnded ? "\n" : "")).join("");
  }
}

const shown = (...pieces) => pieces.reduce((so, text) => so.write(text), new Shown()).text;
const stylesOf = (text) => new Shown().write(text).lines[0].styles.map(({ className }) => className);

describe("plain text", () => {
  test("is shown as it is", () => {
    for (const text of ["", "a", "a\n", "\n\n", "Åsa 日本語 👩‍🏫 e\u0301 🇩🇪 👍🏽", "a\tb\t\tc", "<b>&amp;\u202e</b>"]) {
      assert.equal(shown(text), text);
      assert.equal(shown(...text), text);
    }
  });

  test("ends its lines as Windows or a printer would, too", () => {
    assert.equal(shown("a\r\nb\fc\vd"), "a\nb\nc\nd");
  });

  test("shows control characters as pictures of them", () => {
    assert.equal(shown("a\0b\x01\x7f\x85c"), "a␀b␁␡\ufffdc");
    assert.equal(shown("ding\x07!"), "ding!");
  });
});

describe("writing over", () => {
  test("a carriage return leads to the start of the line", () => {
    assert.equal(shown("\r 10%", "\r 20%", "\r100%", "\ndone"), "100%\ndone");
    assert.equal(shown("hello\rJ"), "Jello");
  });

  test("backspace moves back and wipes nothing", () => {
    assert.equal(shown("|\b/\b-"), "-");
    assert.equal(shown("abc\b\bX"), "aXc");
    assert.equal(shown("\b\bab\b \b"), "a ");
  });

  test("wide characters hold two columns", () => {
    assert.equal(shown("日本\rab"), "ab本");
    assert.equal(shown("日本\ra"), "a 本");
    assert.equal(shown("日本\x1b[2Gx"), " x本");
    assert.equal(shown("ab\r日"), "日");
    assert.equal(shown("👩‍🏫x\r12"), "12x");
  });

  test("a tab reaches to the next multiple of eight and wipes nothing", () => {
    assert.equal(shown("a\tb\r12345678"), "12345678b");
    assert.equal(shown("a\tb\r1234"), "1234    b");
    assert.equal(shown("abcdefghij\r\tX"), "abcdefghXj");
  });

  test("parts of a line are erased", () => {
    assert.equal(shown("long line\rok\x1b[K"), "ok");
    assert.equal(shown("long line\r\x1b[2Kok"), "ok");
    assert.equal(shown("abc\x1b[2D\x1b[1K"), "  c");
  });
});

describe("moving about", () => {
  test("up and down among the lines of the screen", () => {
    assert.equal(shown("one: 0\ntwo: 0\n", "\x1b[2A", "one: 1\n\x1b[B", "!"), "one: 1\ntwo: 0\n!");
    assert.equal(shown("a\nb\nc\x1b[2FX\x1b[EY"), "X\nY\nc");
    assert.equal(shown("ab\x1b[sc\x1b[Hx\x1b[uY"), "xbY");
    assert.equal(shown("ab\x1b7cd\r\x1b8X"), "abXd");
  });

  test("to a place", () => {
    assert.equal(shown("\x1b[2;3Hx"), "\n  x");
    assert.equal(shown("abc\x1b[2Gx\x1b[Cy"), "axcy");
  });

  test("no farther than the screen, and not behind what stands between", () => {
    const lines = Array.from({ length: SCREEN_ROWS + 5 }, (_, number) => `${number}`).join("\n");
    assert.equal(shown(`${lines}\x1b[999Ax`).split("\n")[5].slice(-1), "x");
    assert.ok(shown("\x1b[999;99999Hx").length < 600);
    const screen = new Shown().write("above");
    screen.screen.breakOff();
    screen.write("below\x1b[9A\x1b[Hx");
    assert.equal(screen.text, "abovexelow");
  });

  test("the screen is cleared, and with it what scrolled away", () => {
    const long = "line\n".repeat(100);
    for (const order of ["\x1b[2J\x1b[H", "\x1b[H\x1b[2J\x1b[3J", "\x1b[H\x1b[2J", "\x1bc"]) {
      assert.equal(shown(long, order, "new"), "new");
    }
    assert.equal(shown("one\ntwo\nthree", "\x1b[2A\r\x1b[J", "new"), "new");
  });
});

describe("a very long line", () => {
  test("goes on in the next, and is one line all the same", () => {
    const screen = new Shown().write("x".repeat(4_500)).write("\rback\nend");
    assert.deepEqual(
      screen.lines.map(({ length, goesOn }) => [length, goesOn]),
      [
        [2_000, true],
        [2_000, true],
        [500, false],
        [3, false],
      ],
    );
    assert.equal(screen.text, `${"x".repeat(4_000)}back${"x".repeat(496)}\nend`);
  });

  test("can be erased", () => {
    assert.equal(shown("x".repeat(2_500), "\x1b[A\x1b[2K\r", "a"), `a\n${"x".repeat(500)}`);
    assert.equal(shown("x".repeat(2_500), "\x1b[A\r\x1b[J", "a"), "a");
  });
});

describe("colours", () => {
  test("each order has its class", () => {
    assert.deepEqual(stylesOf("a\x1b[1;31mb\x1b[0mc"), ["out", "out bold inked ink-1", "out"]);
    assert.deepEqual(stylesOf("\x1b[2;3;4;9;7mx"), ["out faint italic underline strike inverse"]);
    assert.deepEqual(stylesOf("\x1b[1;3;4;7;9mx\x1b[22;23;24;27;29my"), [
      "out bold italic underline strike inverse",
      "out",
    ]);
    assert.deepEqual(stylesOf("\x1b[92;44mx\x1b[39my\x1b[49mz"), [
      "out inked ink-10 papered paper-4",
      "out papered paper-4",
      "out",
    ]);
    assert.deepEqual(stylesOf("\x1b[38;5;3mx\x1b[mz"), ["out inked ink-3", "out"]);
    assert.deepEqual(stylesOf("\x1b[4:3mx\x1b[4:0my"), ["out underline", "out"]);
    assert.deepEqual(stylesOf("\x1b[58;5;1;1mx"), ["out bold"]);
  });

  test("each stream has its own", () => {
    const both = new Shown().write("\x1b[31mred").write("error", "err").write("red");
    assert.equal(both.text, "rederrorred");
    const [line] = both.lines;
    assert.deepEqual([line.styles[0].className, line.styles[3].className], ["out inked ink-1", "err"]);
    assert.equal(line.styles[8].className, "out inked ink-1");
  });

  test("odd ones change nothing", () => {
    for (const order of ["38;5", "38;2;1;2", "38;5;256", "38;2;999;0;0", "38", "99999", "?25", ">1", "38;9;1"]) {
      assert.deepEqual(stylesOf(`\x1b[${order}mx`), ["out"], order);
    }
  });

  test("the end of one run's colours is its screen's", () => {
    const screen = new Shown().write("\x1b[31ma\x1bcb");
    assert.deepEqual(
      screen.lines[0].styles.map(({ className }) => className),
      ["out"],
    );
  });
});

describe("sequences", () => {
  const SWALLOWED = [
    "\x1b[?25l",
    "\x1b[?1049h",
    "\x1b[>0c",
    "\x1b[6n",
    "\x1b(B",
    "\x1b=",
    "\x1b[5 q",
    "\x1b]0;title\x07",
    "\x1b]8;;javascript:alert(7)\x1b\\",
    "\x1bPq#0;2;0;0;0\x1b\\",
    "\x1b_Gpicture\x1b\\",
    "\x1b[1;31m",
    "\x1b[200~",
    "\x1b[38;2;1;2;3;m",
  ];

  test("are swallowed wherever they are torn", () => {
    for (const sequence of SWALLOWED) {
      const text = `a${sequence}b`;
      for (let at = 1; at < text.length; at += 1) assert.equal(shown(text.slice(0, at), text.slice(at)), "ab", text);
      assert.equal(shown(...text), "ab");
    }
  });

  test("one torn on one stream does not catch the other's text", () => {
    assert.equal(new Shown().write("a\x1b[3").write("B", "err").write("1mc").text, "aBc");
  });

  test("one without an end hides no more than its line", () => {
    assert.equal(shown("a\x1b]0;title\nb"), "a\nb");
    assert.ok(shown(`\x1b]${"x".repeat(10_000)}`).length > 5_000);
    assert.equal(shown("\x1b[31\nb"), "\nb");
    assert.equal(shown("\x1b[31ä"), "ä");
    assert.equal(shown("\x1b\x1b[31mx"), "x");
  });

  test("random characters never throw, nor become more than came", () => {
    let seed = 7;
    const random = (below) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const ALPHABET = [
      ..."\x1b\x1b\x1b[[[]];;0123456789ABCDEFGHJKmsud?>PX^_\\\r\n\b\t\x07\0 ab日👩\u200d🏫\u0301\x9b\ud800",
    ];
    for (let round = 0; round < 400; round += 1) {
      const text = Array.from({ length: 200 }, () => ALPHABET[random(ALPHABET.length)]).join("");
      const screen = new Shown();
      for (let at = 0; at < text.length; ) {
        const end = at + 1 + random(20);
        screen.write(text.slice(at, end), random(3) ? "out" : "err");
        at = end;
      }
      // Moving the cursor past the end leaves spaces and empty lines, and nothing else.
      const visible = screen.text.replaceAll(/[ \n]/g, "");
      assert.ok([...visible].length <= [...text].length);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      assert.doesNotMatch(screen.text, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
      assert.equal(screen.screen.chars, screen.text.length);
      assert.ok(screen.screen.lines.length <= SCREEN_ROWS);
    }
  });
});

describe("the limits", () => {
  test("lines past the limit are not shown", () => {
    const screen = new Shown().write("x\n".repeat(MAX_SHOWN_LINES));
    assert.equal(screen.screen.isCapped, false);
    screen.write("more\nand more");
    assert.equal(screen.screen.isCapped, true);
    assert.equal(screen.text, "x\n".repeat(MAX_SHOWN_LINES));
  });

  test("lines are counted across pieces", () => {
    const screen = new Shown();
    for (let line = 0; line < MAX_SHOWN_LINES; line += 1) screen.write("x").write("\n");
    assert.equal(screen.screen.isCapped, false);
    assert.equal(screen.write("y").screen.isCapped, true);
  });

  test("exactly as many characters as fit are not too many", () => {
    const screen = new Shown().write("x".repeat(MAX_SHOWN_CHARS));
    assert.equal(screen.screen.isCapped, false);
    screen.write("y");
    assert.equal(screen.screen.isCapped, true);
    assert.equal(screen.text.length, MAX_SHOWN_CHARS);
  });

  test("what is written over counts once", () => {
    const screen = new Shown();
    for (let update = 0; update < 20_000; update += 1) screen.write(`\r${update} of 20000 ${"#".repeat(40)}`);
    assert.equal(screen.screen.isCapped, false);
    assert.equal(screen.lines.length, 1);
  });

  test("a cleared screen begins anew", () => {
    const screen = new Shown().write("x\n".repeat(MAX_SHOWN_LINES + 1)).write("unseen \x1b[2J\x1b[Hseen");
    assert.equal(screen.screen.isCapped, false);
    assert.equal(screen.text, "seen");
  });

  test("questions, answers and errors are exempt", () => {
    const { screen } = new Shown().write("x".repeat(MAX_SHOWN_CHARS + 1));
    screen.breakOff();
    screen.exempt(() => screen.write("out", "Name? "));
    screen.exempt(() => screen.writeTyped("Ada\n"));
    screen.write("out", "hidden");
    assert.equal(screen.lines.map(({ cells }) => cells.join("")).join("\n"), "Name? Ada\n");
  });
});

describe("typed text", () => {
  test("holds no orders", () => {
    const { screen } = new Shown();
    screen.writeTyped("\x1b[31mred\r\x07\n");
    assert.equal(screen.lines[0].cells.join(""), "␛[31mred␍␇");
    assert.equal(screen.lines[0].styles[0].className, "typed");
  });
});

test("the worst chunk of a flood is quick", () => {
  const CHUNK = 48 * 1024;
  const floods = [
    "x\n",
    "x",
    "\r50%",
    "\x1b[31mx\x1b[0m",
    "a\b",
    "\x1b[600C\x1b[1K\r",
    "\x1b[2J",
    "\x1b[9A\x1b[J\n\n\n",
  ];
  for (const flood of [...floods, "\x1b[99;999Hx", "\x1b]", "\u0301", "日", "\t", "\x1b[38;2;1;2;3mx"]) {
    const screen = new Shown();
    const began = performance.now();
    screen.write(flood.repeat(CHUNK / flood.length));
    const took = performance.now() - began;
    assert.ok(took < 1_000, `${JSON.stringify(flood)} took ${took} ms`);
  }
});
