# hailong.fish -- what may come next, asked of the program itself (hailong complete).
function __hailong_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct | string replace -ra '["\'\\\\]' '')
    set -l program $words[1]
    set -e words[1]
    for line in ($program complete -- $words "$typed" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $typed
            case :folders
                __fish_complete_directories $typed
            case '*'
                echo $line
        end
    end
end
complete -c hailong -f -a '(__hailong_complete)'
