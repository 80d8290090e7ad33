# tui.sh: what the terminal tests share (sourced). Drives a program in a private tmux server, as a person would.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd); D=$(realpath "$1"); site=$(realpath "$2"); fails=0
export TERM=xterm-256color
screen() { tmux -L "masthead-$$" -f /dev/null "$@"; }
trap 'screen kill-server 2> /dev/null' EXIT

open() { screen new-session -d -s t -x 120 -y 34 "$1; echo EXIT \$?; sleep 5"; }
keys() { screen send-keys -t t "$@"; sleep 0.15; }
type_in() { screen send-keys -t t -l -- "$1"; sleep 0.15; }
shot() { screen capture-pane -p -t t > "$D/shots/$1.txt"; }
ok() { echo "ok   $1"; }
bad() { echo "FAIL $1"; fails=$((fails + 1)); }
see() { # see NAME REGEX: waits until the screen shows it
  for _ in $(seq 0 50 10000); do
    screen capture-pane -p -t t | grep -qE -- "$2" && { ok "$1"; return; }
    sleep 0.05
  done
  bad "$1: no /$2/ on the screen:"; screen capture-pane -p -t t
}
saved() { # saved NAME LINE: the file comes to have exactly this line
  for _ in $(seq 0 50 5000); do
    grep -qsxF -- "$2" "$post" && { ok "$1"; return; }
    sleep 0.05
  done
  bad "$1: no line «$2» in the file"; cat "$post"
}
gone() { # gone NAME: no server of this folder's binary is left; one of another folder is none of ours
  local binary pid left
  binary=$(realpath "$D/bin/masthead")
  for _ in $(seq 0 100 6000); do
    left=
    for pid in $(pgrep -f 'masthead lsp'); do [ "$(readlink "/proc/$pid/exe")" != "$binary" ] || left=$pid; done
    [ -n "$left" ] || { ok "$1"; return; }
    sleep 0.1
  done
  bad "$1: a server is still there"
}
