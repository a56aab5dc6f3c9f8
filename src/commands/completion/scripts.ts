/**
 * Each hands the words up to the cursor to `oncall complete`, in ONCALL_WORDS: one a line, each ended by a newline,
 * then a dot, without which shells would drop empty words at the end. It answers with `word TAB meaning`, a line each.
 */
const BASH = String.raw`# bash completion for oncall: source <(oncall completion bash)
_oncall() {
  local word line quoted words=() lines=() columns=\${COLUMNS:-80}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    # bash takes --env=prod for three words.
    [[ $word == '=' ]] || words+=("$word")
  done
  [[ \${COMP_WORDS[COMP_CWORD]} == '=' ]] && words+=('')
  COMPREPLY=()
  if [[ \${COMP_WORDS[COMP_CWORD - 1]} == '--config' ]]; then
    compopt -o default
    return
  fi
  while IFS= read -r line; do
    [[ -n $line ]] && lines+=("$line")
  done < <(ONCALL_WORDS="$(printf '%s\n' "\${words[@]}"; printf .)" command oncall complete 2>/dev/null)
  for line in "\${lines[@]}"; do
    word=\${line%%$'\t'*}
    printf -v quoted %q "$word"
    # A list (TAB TAB) tells the meanings; what is put into the line is the word alone.
    if ((\${#lines[@]} > 1)) && [[ $COMP_TYPE == 63 && $line == *$'\t'?* ]]; then
      printf -v quoted '%-24s %s' "$quoted" "\${line#*$'\t'}"
      quoted=\${quoted:0:columns - 2}
    fi
    COMPREPLY+=("$quoted")
  done
}
complete -o nosort -F _oncall oncall 2>/dev/null || complete -F _oncall oncall
`.replaceAll('\\${', '${');

const ZSH = String.raw`#compdef oncall
# zsh completion for oncall: source <(oncall completion zsh), after compinit
_oncall() {
  local line name meaning
  local -a candidates
  if [[ \${words[CURRENT - 1]} == '--config' ]]; then
    _files
    return
  fi
  while IFS= read -r line; do
    [[ -n $line ]] || continue
    name=\${line%%$'\t'*}
    meaning=\${line#*$'\t'}
    candidates+=("\${name//:/\\:}:$meaning")
  done < <(ONCALL_WORDS="$(printf '%s\n' "\${(@)words[2,CURRENT]}"; printf .)" command oncall complete 2>/dev/null)
  _describe -V oncall candidates
}
if [[ $funcstack[1] == _oncall ]]; then
  _oncall "$@"
elif (( $+functions[compdef] )); then
  compdef _oncall oncall
fi
`.replaceAll('\\${', '${');

const FISH = String.raw`# fish completion for oncall: oncall completion fish > ~/.config/fish/completions/oncall.fish
function __oncall_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test -n "$current"; or set current ''
    set -e words[1]
    set -lx ONCALL_WORDS (string join \n -- $words $current . | string collect)
    command oncall complete 2>/dev/null
end
complete -c oncall -f
complete -c oncall -k -a '(__oncall_complete)'
complete -c oncall -l config -r -F
`;

export const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['bash', BASH],
  ['zsh', ZSH],
  ['fish', FISH],
]);
