# hailong.bash -- what may come next, asked of the program itself (hailong complete).
_hailong()
{
	local word words=() parts="" line files="" i
	COMPREPLY=()
	# bash cuts words at "=" and ":" too; the program wants them whole, without quotes
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ ${#words[@]} -gt 0 && ($word == [=:]* || ${COMP_WORDS[i - 1]} == [=:]) ]]; then
			parts=${words[-1]}
			words[-1]+=$word
		else
			parts=""
			words+=("$word")
		fi
	done
	[[ ${COMP_WORDS[COMP_CWORD]} == [=:] ]] && parts=${words[-1]}
	words=("${words[@]//[\"\'\\]/}")
	while IFS= read -r line; do
		case $line in
		:files) files=-f ;;
		:folders) files=-d ;;
		*)
			line=${line%%$'\t'*}
			COMPREPLY+=("${line#"$parts"}")
			;;
		esac
	done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" 2>/dev/null)
	if [[ -n $files ]]; then
		while IFS= read -r line; do
			COMPREPLY+=("$line")
		done < <(compgen $files -- "${words[-1]#"$parts"}")
		compopt -o filenames 2>/dev/null
	elif [[ ${COMPREPLY[*]-} == *,* || ${COMPREPLY[*]-} == *[=:] ]]; then
		compopt -o nospace 2>/dev/null # more may follow
	fi
	# names have spaces: as of a file name, readline quotes them
	for line in "${COMPREPLY[@]}"; do
		[[ $line == *' '* ]] && compopt -o filenames 2>/dev/null && break
	done
	return 0
}
complete -F _hailong hailong
