# Becomes the server, as the user it runs as. Arguments: the cluster to copy, or nothing; the data folder; the command.

from=$1
to=$2
shift 2

# PostgreSQL refuses a data folder that others can read.
umask 077
if [ -n "$from" ]; then
    # Only GNU cp knows --reflink.
    cp -r --reflink=auto "$from/." "$to" 2>/dev/null || cp -r "$from/." "$to" || exit 70
fi
exec "$@"
