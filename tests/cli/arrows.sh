#!/usr/bin/env bash
# Which folder may include which, by name: a call upwards would often link all the same, for the libraries are larger than the folders. And which files
# alone know a foreign library.
. "$(dirname "$0")/lib.sh"

# "file included", both from the top, a line an #include of our own; and the same of the foreign ones
cd "$top" || exit 1
grep -rE --include='*.[ch]' '^#[[:space:]]*include "' src sync screens | sed -E 's/^([^:]*):[^"]*"([^"]*)".*/\1 \2/' > "$work/ours.txt"
grep -rE --include='*.[ch]' '^#[[:space:]]*include <' src sync screens | sed -E 's/^([^:]*):[^<]*<([^>]*)>.*/\1 \2/' > "$work/foreign.txt"

# folder FOLDER INCLUDED…: what FOLDER's files include lies in these folders (src/ is on the path), or is one of these files
folder() {
	local from=$1
	shift
	is "$from includes $*" "$(awk -v from="$from" -v allowed="$*" '
		function folder_of(path) { return sub("/[^/]*$", "", path) ? path : "." }
		BEGIN { n = split(allowed, a, " "); for (i = 1; i <= n; i++) may[a[i]] = 1 }
		folder_of($1) == from && !(folder_of($2) in may) && !($2 in may) { print $1 " includes " $2 }' "$work/ours.txt")" ""
}
folder src/base base
folder src/crypto base crypto
folder src/seal base crypto seal
folder src/schema base schema
folder src/store base crypto seal schema store
folder src/records base schema store records
folder src/listings base records listings
folder src/figures base crypto store records figures
folder src/documents base crypto store records listings figures documents
# What is text in the book is text in the report in the same way.
folder src/typeset base typeset documents/html.h
folder sync config.h base crypto schema store records figures documents sync
folder src/commands config.h base crypto store records listings figures documents commands sync/sync.h sync/hub.h sync/chain.h sync/exchange.h sync/folder_watch.h sync/limits.h sync/quarantine_look.h
folder screens/terminal base crypto screens/terminal
# Parts open a card or ask before they remove one, whoever's it is: the two headers are all that they know of the screens.
folder screens/parts base crypto schema store records listings documents screens/terminal screens/parts sync/sync.h screens/cards.h screens/removal.h
folder screens base crypto store records listings figures documents screens/terminal screens/parts screens sync/sync.h
is "no other folder" "$(cut -d' ' -f1 "$work/ours.txt" | sed 's,/[^/]*$,,' | sort -u | tr '\n' ' ')" \
	"screens screens/parts screens/terminal src src/base src/commands src/crypto src/documents src/figures src/listings src/records src/schema src/seal src/store src/typeset sync "

is "what a folder keeps to itself is not included from another" "$(awk '$2 ~ /_(private|internal|inner)\.h$/ {
	from = $1; sub("^src/", "", from); sub("/[^/]*$", "", from); to = $2; sub("/[^/]*$", "", to)
	if (from != to) print $1 " includes " $2 }' "$work/ours.txt")" ""

# only HEADER PLACE: a foreign header, and where alone it is included (both regular expressions)
only() { is "<$1> in $2 alone" "$(awk -v header="^($1)$" -v place="^($2)" '$2 ~ header && $1 !~ place { print $1 }' "$work/foreign.txt")" ""; }
only 'sodium\.h' 'src/crypto/'
only 'sqlite3\.h' 'src/(seal|schema|store)/'
only 'zstd\.h' 'sync/zstd_frame\.c'
only 'csv\.h' 'src/documents/csv\.c'
only 'curses\.h|term\.h' 'screens/terminal/(canvas_curses|keyboard|terminfo)\.c'
only '(pango|cairo|xlsxwriter|cmark|qrencode).*' 'src/typeset/'

is "no SQL in the screens" "$(grep -rnE --include='*.[ch]' '"(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA) ' screens)" ""
finish
