// Package commands is what a line that begins with a dot can say to the
// shell. Each command is one row of a table: its name, its arguments, what it
// does in words, and the function; .help and the manual are made of the table.
//
// Commands run on the world's goroutine, also while a form runs or waits: those
// that need the prompt's own process say so. What may not enter: how a line is
// read, and how things look, which is package views'.
package commands

// Manual is the text that .help and conc-repl help begin with.
const Manual = `conc-repl holds concurrent programs: processes with mailboxes, as on the BEAM,
and processes with channels, as in core.async, in one world that you can look
into. Type Clojure, or paste it as it stands; core.async is there already:

    (let [c (chan)]
      (thread (>!! c "hello") (println "writer unblocked"))
      (thread (println (<!! c))))

    (def p (spawn (fn [] (receive [:hello from] (send from :hi)))))
    (send p [:hello (self)])
    (receive x x)

A form that is not complete goes on on the next line. *1 *2 *3 are the last
results, *e is the last error. Tab completes names and shows argument lists.
Ctrl-C ends the form that runs, never the session; Ctrl-D ends the session.
When a form waits for ever, the prompt says for what.
`
