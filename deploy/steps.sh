# The steps that install.sh and upgrade.sh have in common; both read this file.
# shellcheck shell=bash

SITE=/srv/codeplatform            # releases/<time>, and the links current and previous to two of them
HOME_DIR=/var/lib/codeplatform    # downloads of pip, npm and build_runtime; certbot's challenges
SETTINGS=/etc/codeplatform/settings.env
SOCKET=/run/codeplatform/web.sock
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# A command as the user of the site, in the folder given first.
as_site() { local folder=$1; shift; (cd "$folder" && runuser -u codeplatform -- env HOME=$HOME_DIR "$@"); }

host_name() { sed -n 's/^ALLOWED_HOSTS=\([^ ,]*\).*/\1/p' $SETTINGS; }

# Builds the source into a folder of its own and says which in $release. It holds all that it serves, belongs to root and
# never changes: going back to it is setting a link.
build_release() {
  release=$SITE/releases/$(date -u +%Y%m%dT%H%M%SZ)
  say "Building $release"
  trap 'rm -rf "$release"' EXIT
  install -d -o codeplatform -g codeplatform "$release"
  tar -C "$SOURCE" --exclude=./.git --exclude=./.venv --exclude=./var --exclude=./.env --exclude=node_modules \
    --exclude=__pycache__ -cf - . | tar -C "$release" --no-same-owner -xf -
  chown -R codeplatform:codeplatform "$release"
  ln -s $SETTINGS "$release/.env"
  if [ -d $SITE/current/var/runtime ]; then
    # What has not changed of the Python for browsers is taken over, as links to the same files.
    as_site "$release" mkdir var
    cp -al $SITE/current/var/runtime "$release/var/runtime"
    rm -f "$release/var/runtime/.lock"
    find "$release/var/runtime" -type d -exec chown codeplatform:codeplatform {} +
  fi
  as_site "$release" python3 -m venv .venv
  as_site "$release" .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
  as_site "$release" npm --prefix frontend ci --no-audit --no-fund --loglevel=error
  as_site "$release" npm --prefix frontend run --silent build
  as_site "$release" .venv/bin/python manage.py build_runtime
  as_site "$release" .venv/bin/python manage.py collectstatic --noinput --verbosity 0
  as_site "$release" .venv/bin/python -m compileall -q -x '/\.venv/|/frontend/node_modules/' .
  rm -rf "$release/frontend/node_modules"
  chown -R -h root:root "$release"
  chmod -R u+rwX,go+rX,go-w "$release"
  trap - EXIT
}

# Changes the database for the new release while the old one goes on. A lock that is not had in two seconds is let go, so
# that nobody's save waits behind it, and tried again.
migrate_database() {
  say "Migrating the database"
  local try
  for try in 1 2 3 4 5 6; do
    as_site "$1" PGOPTIONS='-c lock_timeout=2s' .venv/bin/python manage.py migrate --verbosity 0 && return
    echo "Try $try did not go through." >&2
    sleep 5
  done
  return 1
}

# Puts nginx's, systemd's and logrotate's files where they belong, with the host's name in them.
install_system_files() {
  local host; host=$(host_name)
  say "Setting up systemd, nginx and logrotate for $host"
  local from=$1/deploy file
  for file in "$from"/systemd/*; do
    sed "s/code\.school\.example/$host/g" "$file" >"/etc/systemd/system/$(basename "$file")"
  done
  sed "s/code\.school\.example/$host/g" "$from/nginx/codeplatform.conf" >/etc/nginx/sites-available/codeplatform
  ln -sf ../sites-available/codeplatform /etc/nginx/sites-enabled/codeplatform
  install -m 644 "$from/logrotate.conf" /etc/logrotate.d/codeplatform
  install -m 755 "$from/codeplatform" /usr/local/sbin/codeplatform
  systemctl daemon-reload
}

# Whether a release answers at a socket that it can do its work, within 40 seconds.
is_ready() {
  local end=$((SECONDS + 40))
  until curl --silent --fail --max-time 10 --output /dev/null --unix-socket "$1" "http://$(host_name)/readyz"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 1
  done
}

# Makes the release the one in use. Whoever asks while gunicorn is started anew waits at the socket.
switch_to() {
  say "Switching to $1"
  [ ! -e $SITE/current ] || [ "$(readlink $SITE/current)" = "$1" ] || ln -sfn "$(readlink $SITE/current)" $SITE/previous
  ln -sfn "$1" $SITE/current.new && mv -T $SITE/current.new $SITE/current
  systemctl reset-failed codeplatform.socket codeplatform.service 2>/dev/null || true
  systemctl restart codeplatform.service
}
