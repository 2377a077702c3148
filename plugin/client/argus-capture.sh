#!/bin/sh
# Runs the capture client for this platform. Whatever is missing, a hook must not be seen: it ends with 0 and prints nothing.
here=${0%/*}
set -- "$@"
only=
several=
for client in "$here"/*/argus-capture "$here"/*/argus-capture.exe; do
  [ -f "$client" ] || continue
  [ -z "$only" ] || several=1
  only=$client
done
if [ -n "$several" ]; then
  system=$(uname -s 2>/dev/null)
  processor=$(uname -m 2>/dev/null)
  case $system in
    Linux) system=linux ;;
    Darwin) system=macos ;;
    MINGW* | MSYS* | CYGWIN*) system=windows ;;
  esac
  case $processor in
    x86_64 | amd64) processor=x86_64 ;;
    arm64 | aarch64) processor=aarch64 ;;
  esac
  only=$here/$system-$processor/argus-capture
  [ "$system" = windows ] && only=$only.exe
fi
if [ -x "$only" ]; then
  # Told apart from a program for another processor by whether it starts.
  if [ "$1" = hook ]; then
    shift
    exec "$only" hook --config "$here/../argus.json" "$@"
  fi
  exec "$only" "$@" --config "$here/../argus.json"
fi
if [ -f "$here/fallback-allowed" ]; then
  exec sh "$here/fallback.sh" "$@"
fi
exit 0
