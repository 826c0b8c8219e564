# Becomes the server, as the user it runs as. Arguments: the cluster to copy, or nothing; the data folder; the command.

from=$1
to=$2
shift 2

# PostgreSQL refuses a data folder that others can read.
umask 077
if [ -n "$from" ]; then
    # There are a thousand small files: tar is through with them in half of the time that cp takes.
    {
        tar -cf - -C "$from" . || : >"$to/incomplete"
    } 2>/dev/null | tar -xf - -C "$to" 2>/dev/null || : >"$to/incomplete"
    if [ -e "$to/incomplete" ]; then
        rm "$to/incomplete"
        cp -r "$from/." "$to" || exit 70
    fi
    chmod 700 "$to"
fi
exec "$@"
