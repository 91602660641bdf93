#!/usr/bin/env bash
# Installs the site on this machine: Debian 12 or newer, Ubuntu 24.04 or newer. Run it as root from an unpacked release:
#
#   sudo deploy/install.sh --host code.school.example --email you@school.example --school "Hill School" hill --admin grace
#
# --host    the name under which browsers reach this machine; nothing else is answered
# --email   an address for Let's Encrypt, which then gives a certificate; without it the site has one of its own making,
#           which browsers do not trust, until you put links to a real one into /etc/codeplatform/tls
# --school, --admin   the first school, its short name, and who runs it there; may be done later
#
# Done a second time, it repairs what is missing and leaves settings, data and the release alone (deploy/upgrade.sh).
set -euo pipefail
. "$(dirname "$0")/steps.sh"

host="" email="" school="" short_name="" admin=""
while [ $# -gt 0 ]; do
  case "$1" in
    --host) host=${2:?}; shift 2 ;;
    --email) email=${2:?}; shift 2 ;;
    --school) school=${2:?} short_name=${3:?}; shift 3 ;;
    --admin) admin=${2:?}; shift 2 ;;
    *) fail "What is $1? The head of $0 says what there is." ;;
  esac
done
[ "$(id -u)" = 0 ] || fail "This sets up users, packages and services: run it as root (sudo)."
[[ $host =~ ^[a-z0-9-]+(\.[a-z0-9-]+)+$ ]] || fail "Give the host name of the site: --host code.school.example"
[ -z "$admin" ] || [ -n "$school" ] || fail "--admin runs a school: give --school NAME SHORT-NAME too."

say "Packages"
export DEBIAN_FRONTEND=noninteractive
wanted=(ca-certificates certbot curl libnginx-mod-http-brotli-static logrotate nginx openssl postgresql python3-venv)
command -v npm >/dev/null || wanted+=(npm)
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "Python 3.11 or newer is needed: a newer Debian or Ubuntu."

say "User and folders"
id codeplatform >/dev/null 2>&1 ||
  useradd --system --user-group --home-dir $HOME_DIR --shell /usr/sbin/nologin codeplatform
install -d $SITE $SITE/releases /etc/codeplatform
install -d -o codeplatform -g codeplatform -m 755 $HOME_DIR
install -d -m 755 $HOME_DIR/acme
install -d -o codeplatform -g codeplatform -m 700 /var/backups/codeplatform
install -d -o www-data -g adm -m 750 /var/log/codeplatform

say "Database"
systemctl enable --now postgresql
(cd / && runuser -u postgres -- psql --quiet --set ON_ERROR_STOP=1) <<'SQL'
SELECT 'CREATE ROLE codeplatform LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'codeplatform') \gexec
-- The site's role owns what is in the database, not the database itself: it can drop neither this one nor any other.
SELECT 'CREATE DATABASE codeplatform ENCODING ''UTF8'' LOCALE ''C.UTF-8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'codeplatform') \gexec
REVOKE ALL ON DATABASE codeplatform FROM PUBLIC;
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE codeplatform TO codeplatform;
\connect codeplatform
ALTER SCHEMA public OWNER TO codeplatform;
SQL

if [ ! -e $SETTINGS ]; then
  say "Settings: $SETTINGS"
  (umask 077 && sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$(openssl rand -base64 60 | tr -d '\n=+/')|" \
    -e "s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$host|" "$SOURCE/deploy/env.example" >$SETTINGS)
fi
chown root:codeplatform $SETTINGS
chmod 640 $SETTINGS
[ "$(host_name)" = "$host" ] || fail "$SETTINGS says ALLOWED_HOSTS=$(host_name): change it there first."

if [ ! -e $SITE/current ]; then
  build_release
  ln -sfn "$release" $SITE/current
fi
release=$(readlink $SITE/current)
migrate_database "$release" || fail "The database could not be migrated."
as_site "$release" .venv/bin/python manage.py import_exercises

install_system_files "$release"

say "Certificate"
tls=/etc/codeplatform/tls live=/etc/letsencrypt/live/$host
install -d -m 700 $tls
if [ ! -e $tls/fullchain.pem ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$host" -addext "subjectAltName=DNS:$host" \
    -keyout $tls/own-key.pem -out $tls/own.pem 2>/dev/null
  ln -sf own.pem $tls/fullchain.pem
  ln -sf own-key.pem $tls/privkey.pem
fi
rm -f /etc/nginx/sites-enabled/default
nginx -t -q
systemctl enable nginx
systemctl reload-or-restart nginx
if [ -n "$email" ] && [ ! -e "$live/fullchain.pem" ]; then
  certbot certonly --non-interactive --agree-tos --email "$email" --webroot --webroot-path $HOME_DIR/acme -d "$host"
fi
if [ -e "$live/fullchain.pem" ] && [ "$(readlink $tls/fullchain.pem)" = own.pem ]; then
  ln -sf "$live/fullchain.pem" $tls/fullchain.pem
  ln -sf "$live/privkey.pem" $tls/privkey.pem
  systemctl reload nginx
fi

say "Services"
systemctl enable --now codeplatform.socket codeplatform.service codeplatform-certificate.path \
  codeplatform-backup.timer codeplatform-purge.timer
is_ready $SOCKET || fail "The site does not answer: journalctl -u codeplatform"

if [ -n "$school" ]; then
  say "The first school"
  zone=$(realpath /etc/localtime | sed -n 's|.*/zoneinfo/||p')
  codeplatform create_school "$school" "$short_name" --time-zone "${zone:-UTC}"
  [ -z "$admin" ] || codeplatform create_school_admin "$short_name" "$admin"
fi
say "Done: https://$host"
