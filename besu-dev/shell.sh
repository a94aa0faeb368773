# What besu-dev/network and besu-dev/chain have in common. Sourced, not run; works with bash 3.2 (macOS).
# shellcheck shell=bash disable=SC2034,SC2154

# The chain id of every development chain. A real consortium must choose another one.
development_chain=1337

say() { printf '%s: %s\n' "$program" "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# wrong MESSAGE: for what the caller has to write otherwise.
wrong() {
  say "$* ($program --help)"
  exit 2
}

need() {
  command -v "$1" > /dev/null 2>&1 || die "$1 is needed and not installed"
}

# number NAME VALUE LOW HIGH: a setting that must be a decimal number in bounds.
number() {
  case $2 in
    '' | *[!0-9]* | ??????*) wrong "$1 must be a number from $3 to $4, not '$2'" ;;
  esac
  if [ "$2" -lt "$3" ] || [ "$2" -gt "$4" ]; then
    wrong "$1 must be a number from $3 to $4, not '$2'"
  fi
}

# rpc URL METHOD [PARAMS]: the answer as it came; fails if there is none.
rpc() {
  curl --silent --fail --noproxy '*' --max-time 3 --header 'Content-Type: application/json' \
    --data "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$2\",\"params\":${3:-[]}}" "$1"
}

# hex FIELD ANSWER: the field's hex quantity as a decimal number; fails if it is not there.
hex() {
  local found
  found=$(printf '%s' "$2" | sed -n "s/.*\"$1\" *: *\"\\(0x[0-9a-fA-F]\\{1,15\\}\\)\".*/\\1/p")
  [ -n "$found" ] && printf '%d' "$found"
}

# ask URL METHOD: the result of a method that takes nothing and gives a hex quantity, as a decimal number.
ask() {
  local answer
  answer=$(rpc "$1" "$2") && hex result "$answer"
}

# head_of URL: "number timestamp" of the newest block.
head_of() {
  local answer number timestamp
  answer=$(rpc "$1" eth_getBlockByNumber '["latest",false]') || return 1
  number=$(hex number "$answer") && timestamp=$(hex timestamp "$answer") || return 1
  printf '%s %s' "$number" "$timestamp"
}

taken() {
  (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

# runs PID MARK: whether this process is alive and is ours: the mark stands in its command line (ids are used again).
runs() {
  local arguments
  [ -n "$1" ] && kill -0 "$1" 2> /dev/null || return 1
  arguments=$(ps -ww -p "$1" -o args= 2> /dev/null) || return 1
  case $arguments in
    *"$2"*) return 0 ;;
  esac
  return 1
}

# end PID MARK SECONDS: asks the process to stop, and kills it if it has not after so long.
end() {
  local left=$(($3 * 5))
  kill "$1" 2> /dev/null || true
  while runs "$1" "$2"; do
    if [ "$left" -le 0 ]; then
      say "process $1 did not stop within $3 s: killed"
      kill -9 "$1" 2> /dev/null || true
      return
    fi
    left=$((left - 1))
    sleep 0.2
  done
}
