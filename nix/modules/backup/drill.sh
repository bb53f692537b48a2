# shellcheck shell=bash
# Proves the newest backup in BACKUPS: restores it beside the real database and lets likes-server verify
# compare its totals with its likes. Fails when there is none, or none of the last MAX_AGE_HOURS.
umask 077
# With the slash, as the folder of a dynamic user is a symbolic link.
newest=$(find "$BACKUPS/" -maxdepth 1 \( -name 'likes-*.sqlite' -o -name 'likes-*.dump' \) | sort | tail -n 1)
if [ -z "$newest" ]; then
  echo "drill: no backup in $BACKUPS" >&2
  exit 1
fi
if [ -z "$(find "$newest" -mmin "-$((MAX_AGE_HOURS * 60))")" ]; then
  echo "drill: $newest is older than $MAX_AGE_HOURS hours" >&2
  exit 1
fi

# Kept short: the path of a PostgreSQL socket has room for 107 characters.
work=$(mktemp -d /tmp/drill-XXXXXX)
cleanup() {
  [ ! -e "$work/pg/postmaster.pid" ] || pg_ctl --pgdata="$work/pg" --mode=immediate stop >/dev/null
  rm -rf "$work"
}
trap cleanup EXIT

case $newest in
  *.sqlite)
    cp -- "$newest" "$work/likes.sqlite"
    # Numbers can agree in what is left of a file that was cut off.
    found=$(sqlite3 "$work/likes.sqlite" 'pragma integrity_check' 2>&1) || true
    if [ "$found" != ok ]; then
      echo "drill: $newest: found '$found', wanted a whole database" >&2
      exit 1
    fi
    url=sqlite:$work/likes.sqlite
    ;;
  *)
    initdb --pgdata="$work/pg" --auth=trust --username=drill --no-sync --encoding=UTF8 --locale=C >/dev/null
    # Nobody but this script reaches it, and nothing of it is kept.
    pg_ctl --pgdata="$work/pg" --wait --silent --log="$work/log" --options="-c listen_addresses= \
      -c unix_socket_directories=$work -c fsync=off -c jit=off" start || {
      cat "$work/log" >&2
      exit 1
    }
    createdb --host="$work" --username=drill likes
    pg_restore --host="$work" --username=drill --dbname=likes --no-owner --no-privileges --exit-on-error "$newest"
    url="postgresql:///likes?host=$work&user=drill"
    ;;
esac
likes-server verify --database-url "$url"
echo "drill: $newest is restored and its numbers agree"
