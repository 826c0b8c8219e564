# Runs a server for a JVM and ends it with the JVM.
#
# Arguments: the server's folder; "yes" when the command does not become the server itself but starts it as another
# process (su and runuser do); "yes" when the folder is never removed; the command. The JVM holds the other end of standard input: when it closes, whether
# by close() or because the JVM is gone, the server is ended at once and its folder removed. A line "keep" before
# that asks for a clean end that leaves the folder; a line "stay" with a number of seconds leaves the server running
# that long, unless it is ended before.

folder=$1
forks=$2
kept=$3
shift 3

# A Ctrl-C or a stop signal for the whole process group must not end this process, which cleans up.
trap '' HUP INT TERM

(
    "$@" </dev/null &
    echo $! >"$folder/pid"
    wait $!
    echo $? >"$folder/exit"
) &

signal=QUIT
patience=1000
stay=0
if [ "$kept" = yes ]; then
    signal=INT
    patience=6000
fi
while read -r word seconds; do
    case $word in
        keep)
            signal=INT
            patience=6000
            ;;
        stay)
            stay=$seconds
            ;;
    esac
done

while [ "$stay" -gt 0 ] && [ ! -e "$folder/exit" ]; do
    stay=$((stay - 1))
    sleep 1
done

# As root, the process id is taken from the server's own file only if there is no other way.
if [ "$forks" = yes ]; then
    pid_file=$folder/data/postmaster.pid
else
    pid_file=$folder/pid
fi

# A server that has only just been started ignores signals until it has its handlers, so they are repeated.
tries=0
while [ ! -e "$folder/exit" ] && [ $tries -lt $((patience + 500)) ]; do
    tries=$((tries + 1))
    sent=$signal
    if [ $tries -gt $patience ]; then
        sent=KILL
    fi
    if read -r pid <"$pid_file"; then
        kill -s $sent "$pid"
    fi
    sleep 0.01 || sleep 1
done 2>/dev/null

# The note exists a moment before it is written.
if [ -e "$folder/exit" ]; then
    wait
fi

if [ $signal = QUIT ]; then
    rm -rf -- "$folder"
fi
