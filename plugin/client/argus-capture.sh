#!/bin/sh
# Runs the capture client that fits this machine: `argus-capture.sh WORD…`. What is missing must not be seen in a session: as
# a hook it ends with 0 and prints nothing of its own.
here=${0%/*}
config=$here/../argus.json

set_client() { # Linux x86_64 -> HERE/linux-x86_64/argus-capture
  case $1 in
    Linux) system=linux end= ;;
    Darwin) system=macos end= ;;
    MINGW* | MSYS* | CYGWIN*) system=windows end=.exe ;;
    *) system=$1 end= ;;
  esac
  case $2 in
    amd64) processor=x86_64 ;;
    arm64) processor=aarch64 ;;
    *) processor=$2 ;;
  esac
  client=$here/$system-$processor/argus-capture$end
}

# shellcheck disable=SC2046 # two words
set_client $(uname -sm 2>/dev/null)
# A store of plugins may have unpacked it without its mode.
[ ! -f "$client" ] || [ -x "$client" ] || chmod +x "$client" 2>/dev/null

if [ "$1" = hook ]; then
  [ -x "$client" ] && {
    "$client" hook --config "$config" 2>/dev/null
    # A hook of the program ends with 0: anything else is that it could not be started, and has read nothing.
    [ $? = 0 ] && exit 0
  }
  # There only where the admin allowed it.
  [ ! -f "$here/fallback.sh" ] || sh "$here/fallback.sh" hook 2>/dev/null
  exit 0
fi

[ -x "$client" ] && exec "$client" "$@" --config "$config"
[ -f "$here/fallback.sh" ] && exec sh "$here/fallback.sh" "$@"
echo "argus-capture: this plugin has no program for $system on $processor" >&2
exit 1
