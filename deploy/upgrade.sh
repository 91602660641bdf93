#!/usr/bin/env bash
# Brings a new release: run it as root from the unpacked new source. The old release serves until the new one has shown
# that it can, beside it; if it fails after all, the old one is put back. See docs/decisions/0018-releases.md.
#
#   sudo deploy/upgrade.sh
set -euo pipefail
. "$(dirname "$0")/steps.sh"

[ "$(id -u)" = 0 ] || fail "Run it as root (sudo)."
[ -e $SITE/current ] || fail "Nothing is installed yet: deploy/install.sh"
[ "$(readlink -f $SITE/current)" != "$SOURCE" ] || fail "This is the release in use. Run the script of the new source."
exec 9>/run/codeplatform-upgrade.lock
flock --nonblock 9 || fail "Another upgrade is at work."
old=$(readlink $SITE/current)
older=$(readlink $SITE/previous || true)

build_release

say "Backing up"
systemctl start codeplatform-backup.service || fail "No backup, no upgrade: journalctl -u codeplatform-backup"

migrate_database "$release" || fail "The database could not be migrated; $old serves on, and its backup is there."

say "Trying the new release beside the old one"
trial=$(mktemp -d /run/codeplatform-trial.XXXXXX)
chown codeplatform "$trial"
(cd "$release" && exec runuser -u codeplatform -- env HOME=$HOME_DIR WEB_CONCURRENCY=1 \
  .venv/bin/gunicorn --config deploy/gunicorn.conf.py --bind "unix:$trial/web.sock" >"$trial.log" 2>&1) &
trial_process=$!
is_ready "$trial/web.sock" && is_well=yes || is_well=no
kill $trial_process 2>/dev/null || true
wait $trial_process 2>/dev/null || true
rm -rf "$trial"
if [ $is_well = no ]; then
  tail -n 20 "$trial.log" >&2
  fail "The new release does not answer. $old serves on; nothing was switched."
fi
rm -f "$trial.log"

install_system_files "$release"
switch_to "$release"
if nginx -t -q && systemctl reload nginx && is_ready $SOCKET; then
  # The newest three are kept: the one in use, the one before it, and one more.
  find $SITE/releases -mindepth 1 -maxdepth 1 -type d | sort | head -n -3 | while read -r folder; do
    case "$folder" in "$(readlink $SITE/current)" | "$(readlink $SITE/previous)") ;; *) rm -rf "$folder" ;; esac
  done
  say "Done: $release is in use"
  exit
fi
echo "The new release does not answer: going back." >&2
install_system_files "$old"
switch_to "$old"
if [ -n "$older" ]; then ln -sfn "$older" $SITE/previous; else rm -f $SITE/previous; fi
nginx -t -q && systemctl reload nginx
is_ready $SOCKET || fail "$old does not answer either: journalctl -u codeplatform"
fail "$old is in use again. What went wrong: journalctl -u codeplatform"
