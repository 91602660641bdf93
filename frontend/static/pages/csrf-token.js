/** Django's CSRF token, read anew each time: it changes when somebody signs in. Empty when there is none. */
export function csrfToken() {
  return /(?:^|; )(?:__Host-)?csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
