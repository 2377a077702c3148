#!/bin/sh
# Captures by shell and curl, where no program fits the machine and the admin allowed this way: that this file is here is the
# leave. Lines of the transcript that have a uuid are sent as they are; NOTHING IS REDACTED BEFORE IT LEAVES THE MACHINE, the
# server does it before it stores. The transcript is the queue: a place in it is remembered only when the server has what
# stands before. Nothing is waited for and nothing printed, but for what a person asked with a command.
here=$(cd "${0%/*}" && pwd) || exit 0
config=$here/../argus.json
state=${ARGUS_CAPTURE_HOME:-${XDG_STATE_HOME:-$HOME/.local/state}/argus-capture}/fallback
part_bytes_max=4194304   # of a transcript, in one request
line_bytes_max=33554432  # a longer line is passed over: the server takes 64 MiB

setting() { # a member of argus.json, which has one a line
  sed -n "s/^  \"$1\": \"\\(.*\\)\",\\{0,1\\}\$/\\1/p" "$config" | head -n 1
}

member() { # a member of a hook's input; within texts its quotes would be escaped
  printf '%s' "$input" | grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | sed 's/^"[^"]*":"\(.*\)"$/\1/; s/\\\\/\\/g'
}

is_id() {
  case $1 in '' | *[!A-Za-z0-9_-]*) return 1 ;; esac
}

prepare() {
  umask 077
  endpoint=$(setting endpoint)
  endpoint=${endpoint%/}
  case $endpoint in
    https://*) ;;
    http://127.0.0.1 | http://127.0.0.1:* | http://localhost | http://localhost:*) ;;
    *) return 1 ;; # not in the clear over a network
  esac
  mkdir -p "$state/places" "$state/private" "$state/processes" && command -v curl >/dev/null
}

device() { # a secret of this machine, and the id that is made of it
  [ -s "$state/device" ] || {
    head -c 32 /dev/urandom >"$state/device.$$" && mv "$state/device.$$" "$state/device"
  }
  secret=$(od -An -v -tx1 "$state/device" | tr -d ' \n')
  if command -v sha256sum >/dev/null; then sum=sha256sum; else sum='shasum -a 256'; fi
  device=$({ printf argus-device-v1; cat "$state/device"; } | $sum | cut -c 1-32)
}

post() { # PATH TYPE FILE: the answer in $state/answer.PID; true for 200
  pem=$(setting ca_pem)
  [ -z "$pem" ] || printf '%b' "$pem" >"$state/ca.pem"
  # The key is no argument: those are seen by every user of the machine.
  status=$(printf 'header = "Authorization: Bearer %s"\n' "$(setting key)" | curl -q -sS -K - ${pem:+--cacert "$state/ca.pem"} \
    --connect-timeout 5 --max-time 120 -H "Content-Type: $2" --data-binary "@$3" -o "$state/answer.$$" -w '%{http_code}' "$endpoint$1")
  [ "$status" = 200 ]
}

process_mark() { # the process that a session is in, told from another of the same number by its start
  case $CLAUDE_PID in '' | *[!0-9]*) return 1 ;; esac
  mark=$state/processes/$CLAUDE_PID
  began=$(ps -o lstart= -p "$CLAUDE_PID" 2>/dev/null)
}

obey() { # what a private process does is private
  process_mark && [ -f "$mark" ] || return 0
  if [ "$(cat "$mark")" = "$began" ]; then
    [ -e "$state/private/$1" ] || echo waiting >"$state/private/$1"
  else
    rm -f "$mark"
  fi
}

tell_private() { # the server, of what it was not told yet
  for waiting in "$state"/private/*; do
    [ -f "$waiting" ] && [ "$(cat "$waiting")" = waiting ] || continue
    device
    printf '{"version":1,"device":{"id":"%s","secret":"%s"},"sessions":["%s"],"said_at":"%s"}' \
      "$device" "$secret" "${waiting##*/}" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$state/word.$$"
    post /v1/capture/private application/json "$state/word.$$" || continue
    case $(cat "$state/answer.$$") in
      *'"outcome":"forbidden"'* | *'"outcome":"refused"'*) rm -f "$waiting" ;;
      *) echo told >"$waiting" ;;
    esac
  done
}

send_file() { # SESSION AGENT FILE
  session=$1 agent=$2 file=$3
  place=$state/places/$session${agent:+.$agent}
  while [ -f "$file" ] && [ ! -e "$state/private/$session" ]; do
    offset=0
    [ ! -s "$place" ] || offset=$(head -n 1 "$place")
    case $offset in '' | *[!0-9]*) offset=0 ;; esac
    size=$(wc -c <"$file")
    [ "$size" -ge "$offset" ] || offset=0 # it was trimmed: the server knows what it has
    printf '%s\n%s\n' "$offset" "$file" >"$place"
    [ "$size" -gt "$offset" ] || return 0
    part=$part_bytes_max
    while :; do
      tail -c "+$((offset + 1))" "$file" | head -c "$part" >"$state/part.$$"
      # What stands behind the last end of a line is half a line.
      [ -z "$(tail -c 1 "$state/part.$$")" ] || { sed '$d' "$state/part.$$" >"$state/whole.$$" && mv "$state/whole.$$" "$state/part.$$"; }
      read_bytes=$(wc -c <"$state/part.$$")
      [ "$read_bytes" -eq 0 ] && [ "$part" -lt "$line_bytes_max" ] && [ $((offset + part)) -lt "$size" ] || break
      part=$line_bytes_max
    done
    if [ "$read_bytes" -eq 0 ]; then
      [ $((offset + part)) -lt "$size" ] || return 0 # it is being written
      read_bytes=$part # of a line that is too long: passed over piece by piece, its end is no JSON
    else
      before="{\"version\":1,\"source\":\"transcript\",\"session_id\":\"$session\",\"device\":\"$device\",\"captured_at\":\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\""
      [ -z "$agent" ] || before="$before,\"agent_id\":\"$agent\""
      before="$before,\"file\":{\"id\":\"${agent:+agent-}${agent:-$session}.jsonl\",\"offset\":"
      LC_ALL=C awk -v before="$before" -v offset="$offset" '
        /"uuid":"/ { printf "%s%.0f},\"body\":%s}\n", before, offset, $0 }
        { offset += length($0) + 1 }' "$state/part.$$" >"$state/body.$$"
      if [ -s "$state/body.$$" ]; then
        post /v1/envelopes application/x-ndjson "$state/body.$$" || return 1
        # What was erased on the server is not sent again.
        ! grep -q "\"purge\":\\[[^]]*\"$session\"" "$state/answer.$$" || echo told >"$state/private/$session"
      fi
    fi
    printf '%s\n%s\n' $((offset + read_bytes)) "$file" >"$place"
  done
}

send_session() { # SESSION FILE, with its sub-agents
  is_id "$1" || return 0
  send_file "$1" '' "$2" || return 1
  [ -d "${2%.jsonl}/subagents" ] || return 0
  find "${2%.jsonl}/subagents" -type f -name 'agent-*.jsonl' | while IFS= read -r of_agent; do
    name=${of_agent##*/agent-}
    name=${name%.jsonl}
    if is_id "$name"; then
      send_file "$1" "$name" "$of_agent" || exit 1
    fi
  done
}

send_all() { # SESSION FILE: this one, then what an earlier one could not
  tell_private
  [ -z "$1" ] || send_session "$1" "$2" || return 1
  for held in "$state"/places/*; do
    id=${held##*/}
    case $id in *.*) continue ;; esac
    [ -f "$held" ] || continue
    [ "$id" = "$1" ] || send_session "$id" "$(sed -n 2p "$held")" || return 1
    # Of sessions that ended long ago nothing more comes.
    find "$held" -mtime +30 -exec rm -f {} + 2>/dev/null
  done
}

work() { # EVENT SESSION FILE: beside the session
  prepare || return 0
  device
  tries=0
  until mkdir "$state/lock" 2>/dev/null; do
    find "$state/lock" -prune -mmin +10 -exec rmdir {} + 2>/dev/null
    tries=$((tries + 1))
    [ $tries -lt 120 ] || return 0
    sleep 1
  done
  trap 'rm -f "$state"/*.$$; rmdir "$state/lock" 2>/dev/null' EXIT
  trap 'exit 0' HUP INT TERM
  # The transcript is written beside the hooks: its last lines come a moment later.
  for pause in 1 3 10 30; do
    sleep $pause
    send_all "$2" "$3" && [ $pause -ge 3 ] && return 0
  done
}

leave() { # runs `work` with these words beside the session
  if command -v setsid >/dev/null; then
    setsid sh "$here/fallback.sh" work "$@" </dev/null >/dev/null 2>&1 &
  else
    nohup sh "$here/fallback.sh" work "$@" </dev/null >/dev/null 2>&1 &
  fi
}

say_private() { # SESSION
  case $(setting opt_out) in
    forbidden)
      said="Argus: sessions cannot be made private here, by your organisation's policy. $(setting notice)"
      return
      ;;
  esac
  if ! prepare || ! is_id "$1" || ! echo waiting >"$state/private/$1"; then
    said='Argus: the word could not be kept on this machine: this session is NOT private.'
    return
  fi
  process_mark && printf '%s\n' "$began" >"$mark"
  said='Argus: this session is private. Nothing more of it is sent, and what was sent goes from the server, as your organisation has decided, as soon as it is reached. It holds in this process, also after /clear, until /argus:resume.'
}

take_back() {
  said='Argus: nothing was private in this process.'
  if process_mark && [ -f "$mark" ]; then
    rm -f "$mark"
    said='Argus: capture goes on with the next session of this process. What was private stays private.'
  fi
}

hook() {
  input=$(cat)
  session=$(member session_id)
  file=$(member transcript_path)
  event=$(member hook_event_name)
  said=
  if [ "$event" = UserPromptExpansion ]; then
    case $(member command_name) in
      argus:private) say_private "$session" ;;
      argus:resume) take_back ;;
      argus:*) said='Argus: no capture client fits this machine: sessions are sent by shell and curl, and redacted on the server. Only /argus:private and /argus:resume work here.' ;;
      *) return ;;
    esac
    # A notice may hold what JSON escapes; what is left of argus.json is escaped already.
    printf '{"decision":"block","reason":"%s"}\n' "$said"
  fi
  prepare && is_id "$session" || return
  obey "$session"
  leave "$event" "$session" "$file"
}

case $1 in
  hook) hook ;;
  work) shift && work "$@" ;;
  private)
    say_private "${2:-$CLAUDE_CODE_SESSION_ID}"
    printf '%s\n' "$said"
    leave private '' ''
    ;;
  resume) take_back && printf '%s\n' "$said" ;;
  *) echo 'argus-capture: no program fits this machine; by shell and curl there are only: private, resume' >&2 && exit 1 ;;
esac
exit 0
