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
into, step through, rewind and explore. Type Clojure or Elixir (.lang changes
the notation), or paste either as it stands, prompts and all:

    (let [c (chan)]
      (thread (>!! c "hello") (println "writer unblocked"))
      (thread (println (<!! c))))

    iex(1)> pid = spawn(fn -> receive do {:hello, from} -> send(from, :hi) end end)
    iex(2)> send(pid, {:hello, self()})
    iex(3)> flush()

What one notation binds the other sees: (spawn f), (send p msg) and (receive
pattern body ...) are the actors of the Clojure notation, Chan.new, Chan.put,
Chan.take and Chan.alts the channels of the Elixir notation.

What is not complete goes on on the next line. *1 *2 *3 and v(), v(n) are
earlier results, *e is the last error. Tab completes names and shows arguments.
Ctrl-C ends the form that runs, never the session; Ctrl-D ends the session.
When a form waits for ever, the prompt says for what. .explore FORM finds
everything that a form can come to; .step FORM goes through it by hand.
`
