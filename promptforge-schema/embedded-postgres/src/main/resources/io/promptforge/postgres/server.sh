# Becomes the server, as the user it runs as. Arguments: the archive of the cluster to unpack, or nothing; the data folder;
# the command.

archive=$1
data=$2
shift 2

# PostgreSQL refuses a data folder that others can read.
umask 077
if [ -n "$archive" ]; then
    tar -xf "$archive" -C "$data" || exit 70
fi
exec "$@"
