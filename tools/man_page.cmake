# Wraps a program's help texts into a man page, so that there is one text to keep true.
# cmake -DPROGRAM=path -DNAME=likes -DCOMMANDS=index,bake -DABOUT="build tools" -DVERSION=1 -DOUT=likes.1 -P …
execute_process(COMMAND ${PROGRAM} --help OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "," ";" commands "${COMMANDS}")
foreach(command IN LISTS commands)
  execute_process(COMMAND ${PROGRAM} ${command} --help OUTPUT_VARIABLE part
                  COMMAND_ERROR_IS_FATAL ANY)
  string(APPEND text "\n${part}")
endforeach()
string(REPLACE "\\" "\\e" text "${text}")
string(REPLACE "-" "\\-" text "${text}")
string(REPLACE "\n." "\n\\&." text "${text}")
string(REPLACE "\n'" "\n\\&'" text "${text}")
string(TOUPPER "${NAME}" title)
file(WRITE ${OUT}
     ".TH ${title} 1 \"\" \"hugo\\-likes ${VERSION}\"\n"
     ".SH NAME\n${NAME} \\- ${ABOUT}\n"
     ".SH DESCRIPTION\n.nf\n${text}.fi\n")
