import { gettext, interpolate } from "../language/gettext.js";

/**
 * What each outcome of Check a URL is called, and what it means for a lesson.
 *
 * @returns {{sign: "good" | "partly" | "bad", title: string, sentences: string[]}}
 */
export function inWords(outcome, { host = "", status = 0, secure = "", isLocal = false } = {}) {
  const words = WORDS[outcome]({ host, status, secure, isLocal });
  return { ...words, sentences: words.sentences.map((sentence) => interpolate(sentence, { host, status, secure })) };
}

const bad = (title, ...sentences) => ({ sign: "bad", title, sentences });
const OTHER_SOURCE = () =>
  gettext(
    "Choose another source, or open the address in a new tab, save what it shows as a file, and add the file to the project under Files.",
  );

const WORDS = {
  works: () => ({
    sign: "good",
    title: gettext("It works"),
    sentences: [gettext("%(host)s lets programs in a browser read its answer. These two lines of Python do it:")],
  }),
  refuses: ({ status }) => ({
    sign: "partly",
    title: gettext("It answers, but not with what you want"),
    sentences: [
      gettext("%(host)s lets programs in a browser read its answers, and this answer is number %(status)s."),
      STATUS[status]?.() ?? (status >= 500 ? STATUS.server() : STATUS.request()),
    ],
  }),
  cors: () =>
    bad(
      gettext("Blocked by CORS"),
      gettext("%(host)s answers, but does not allow programs in a browser to read its answer."),
      gettext("No program can change that, and this site cannot either: only the owner of %(host)s can."),
      OTHER_SOURCE(),
    ),
  silent: ({ isLocal }) =>
    bad(
      gettext("Nothing answers"),
      isLocal
        ? gettext("No server is running there on this device.")
        : gettext(
            "Nothing at %(host)s answered. Most likely the name is misspelt, its server is down, or your network blocks it.",
          ),
      gettext(
        "Open the address in a new tab. If it appears there, its server forbids every other site to use it, which looks the same from here.",
      ),
    ),
  unknown: () =>
    bad(
      gettext("No answer, and your browser does not say why"),
      gettext(
        "Either %(host)s does not allow programs in a browser to read its answer (CORS), or the name is misspelt, its server is down, or your network blocks it.",
      ),
      gettext(
        "Open the address in a new tab. If it appears there, it is CORS. Chrome and Edge tell the two apart here.",
      ),
    ),
  late: () =>
    bad(
      gettext("Too slow"),
      gettext("%(host)s did not answer within 15 seconds. Try again; for a lesson, choose a quicker source or a file."),
    ),
  offline: () => bad(gettext("This device is offline"), gettext("Connect it to the network, then check again.")),
  forbidden: () =>
    bad(
      gettext("Blocked by the settings of this site"),
      gettext("Whoever runs this site decides which addresses programs may ask, and %(host)s is not among them."),
      gettext("If your lesson needs it, tell them its name. Nothing was sent there."),
    ),
  "not-https": () =>
    bad(
      gettext("Not https"),
      gettext(
        "This page came over https://, and from there a browser asks only addresses that begin with https://. Nothing was sent.",
      ),
      gettext("Many servers answer at both. Try %(secure)s"),
    ),
  "this-site": () =>
    bad(
      gettext("This is the site you are on"),
      gettext("Programs cannot read from it: they are nobody here, and have nobody’s rights."),
    ),
  "no-web-address": () =>
    bad(
      gettext("Not an address of the web"),
      gettext(
        "Browsers open addresses that begin with https:// (or http://), and no others: no databases, mail or files.",
      ),
    ),
  "no-address": () =>
    bad(
      gettext("Not an address"),
      gettext(
        "An address looks like https://api.github.com/zen: https://, the name of a server, and what is asked of it.",
      ),
    ),
  "short-name": () =>
    bad(gettext("Not the full name of a server"), gettext("A full name has a point in it, such as api.github.com.")),
  "has-password": () =>
    bad(
      gettext("There is a password in this address"),
      gettext(
        "Browsers do not ask addresses with a name or password before the @. Everybody who sees the program would see it, too.",
      ),
    ),
  "too-long": () => bad(gettext("Too long"), gettext("An address has at most 2,000 characters here.")),
  empty: () => bad(gettext("No address yet"), gettext("Type or paste one, then press Check.")),
};

const STATUS = {
  401: () => gettext("It wants to know who asks. Services that need a sign-in seldom suit a class."),
  403: () => gettext("It does not want to be asked this, or not by a program. Often a key is missing."),
  404: () => gettext("There is nothing at this address. Check the part after the name of the server."),
  429: () => gettext("It was asked too often. A whole class that asks at once may meet this limit, too."),
  server: () => gettext("Its server has a fault just now. Try again later."),
  request: () => gettext("Something about the address is not as it wants it. Its documentation says what."),
};

/** @returns {string} that the frame did not open */
export function brokenWords() {
  return gettext("The check could not be made: the sandbox did not open. Load the page again.");
}
