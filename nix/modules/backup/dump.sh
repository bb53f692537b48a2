# shellcheck shell=bash
# Writes a backup of the database into BACKUPS, which then holds the newest KEEP of them.
umask 077
file=$BACKUPS/likes-$(date -u +%Y%m%dT%H%M%SZ)
case $DATABASE_URL in
  sqlite:*)
    file+=.sqlite
    # A consistent copy while the server goes on writing.
    sqlite3 "${DATABASE_URL#sqlite:}" ".timeout 10000" ".backup '$file.part'"
    found=$(sqlite3 "$file.part" 'pragma integrity_check')
    if [ "$found" != ok ]; then
      echo "dump: $file.part: found '$found', wanted a whole database" >&2
      exit 1
    fi
    ;;
  *)
    file+=.dump
    pg_dump --format=custom --file="$file.part" "$DATABASE_URL"
    ;;
esac
# A name without .part is a backup that is whole.
sync "$file.part"
mv -- "$file.part" "$file"
echo "dump: $file, $(stat -c %s "$file") bytes"

find "$BACKUPS/" -maxdepth 1 -name 'likes-*.part' -mmin +1440 -delete
find "$BACKUPS/" -maxdepth 1 \( -name 'likes-*.sqlite' -o -name 'likes-*.dump' \) | sort -r |
  tail -n "+$((KEEP + 1))" | xargs -r rm --
