//go:build !js

package prompt

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chzyer/readline"
)

// Terminal is a LineEditor for a person: readline, with the faults of it that
// matter here worked around. Its methods may be called by several goroutines.
type Terminal struct {
	rl    *readline.Instance
	paste *pasteFilter

	mu     sync.Mutex
	prompt Prompt
	open   string   // what was written to the row that the cursor is in
	save   []string // entries for the history, which readline alone may touch
}

// IsTerminal reports whether stdin and stdout are both a terminal.
func IsTerminal() bool {
	return readline.IsTerminal(int(os.Stdin.Fd())) && readline.IsTerminal(int(os.Stdout.Fd()))
}

// historyFile gives where the history is kept, "" for nowhere.
func historyFile() string {
	if f, ok := os.LookupEnv("CONC_REPL_HISTORY"); ok {
		return f
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".conc_repl_history")
}

// NewTerminal opens the terminal. complete is asked, on another goroutine, for
// what may stand at the end of a line.
func NewTerminal(complete func(line string) Completion) (*Terminal, error) {
	t := &Terminal{paste: &pasteFilter{in: readline.NewCancelableStdin(os.Stdin)}}
	rl, err := readline.NewEx(&readline.Config{
		Stdin:                  t.paste,
		HistoryFile:            historyFile(),
		HistoryLimit:           5000,
		DisableAutoSaveHistory: true,
		InterruptPrompt:        "^C",
		EOFPrompt:              "\n",
		Painter:                painting{t},
		AutoComplete:           &completing{t, complete},
	})
	if err != nil {
		return nil, err
	}
	t.rl = rl
	io.WriteString(os.Stdout, pasteOn)
	return t, nil
}

// clearRow empties the row of the cursor.
const clearRow = "\r\x1b[K"

// Write writes text above the line being typed, which it does not tear. What
// is behind the last line break stands before the prompt: readline clears the
// row before it draws.
func (t *Terminal) Write(b []byte) (n int, err error) {
	// If the menu of completions goes away at this moment, readline divides by
	// its width, which is none; the text is out by then.
	defer func() {
		if recover() != nil {
			n, err = len(b), nil
		}
	}()
	t.mu.Lock()
	text := ""
	if t.open != "" {
		text = clearRow
	}
	rows, open := splitRow(t.open+string(b), readline.GetScreenWidth())
	t.open = open
	prompt := open + t.prompt.Text
	t.mu.Unlock()
	if !t.rl.Terminal.IsReading() {
		_, err = io.WriteString(os.Stdout, text+rows+open)
		return len(b), err
	}
	if rows != "" {
		if _, err = io.WriteString(t.rl.Stdout(), text+rows); err != nil {
			return 0, err
		}
	}
	t.rl.SetPrompt(prompt)
	t.rl.Refresh()
	return len(b), nil
}

// splitRow splits text into the rows of a screen that it fills, each with a
// line break, and the rest. Colours take no room.
func splitRow(text string, width int) (rows, rest string) {
	var b strings.Builder
	start, col, escape := 0, 0, false
	for i, r := range text {
		switch {
		case r == '\n':
			b.WriteString(text[start : i+1])
			start, col = i+1, 0
		case r == '\x1b':
			escape = true
		case escape:
			escape = r != 'm'
		case col == width && width > 0:
			b.WriteString(text[start:i] + "\n")
			start, col = i, 1
		default:
			col++
		}
	}
	return b.String(), text[start:]
}

// ReadLine lets the person type a line.
func (t *Terminal) ReadLine() (string, error) {
	t.mu.Lock()
	save := t.save
	t.save = nil
	t.rl.SetPrompt(t.open + t.prompt.Text)
	t.mu.Unlock()
	// An empty entry ends the editing of one that was recalled; without it
	// readline would store that one in place of the new.
	t.rl.SaveHistory("")
	for _, entry := range save {
		t.rl.SaveHistory(entry)
	}
	line, err := t.rl.Readline()
	t.mu.Lock()
	t.open = ""
	t.mu.Unlock()
	if errors.Is(err, readline.ErrInterrupt) {
		err = ErrInterrupt
	}
	return t.paste.restore(line), err
}

// SetPrompt sets the prompt, of the line being typed if there is one.
func (t *Terminal) SetPrompt(p Prompt) {
	t.mu.Lock()
	t.prompt = p
	text := t.open + p.Text
	t.mu.Unlock()
	t.rl.SetPrompt(text)
	t.rl.Refresh()
}

// Remember adds an entry to the history before the next line is read.
func (t *Terminal) Remember(entry string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if entry = looks[t.prompt.Notation].oneLine(entry); entry == "" {
		return
	}
	t.save = append(t.save, entry)
}

// Columns gives how wide the screen is.
func (t *Terminal) Columns() int { return readline.GetScreenWidth() }

// Live gives true.
func (t *Terminal) Live() bool { return true }

// Close gives the terminal back.
func (t *Terminal) Close() error {
	io.WriteString(os.Stdout, pasteOff)
	return t.rl.Close()
}

// painting colours the line while it is typed.
type painting struct{ t *Terminal }

// Paint gives the line with its colours, and the bracket underlined that
// belongs to the one before the cursor.
func (p painting) Paint(line []rune, pos int) []rune {
	p.t.mu.Lock()
	before, n := p.t.prompt.Before, p.t.prompt.Notation
	p.t.mu.Unlock()
	if isCommandLine(string(line)) && before == "" {
		return line
	}
	seen := make([]rune, len(line))
	for i, r := range line {
		seen[i] = shown(r)
	}
	text := before + string(seen)
	mark := -1
	if pos > 0 && pos <= len(seen) {
		mark = looks[n].match(text, len(before)+len(string(seen[:pos]))-1)
	}
	return []rune(paint(n, text, len(before), mark))
}

// completing answers the tabulator key.
type completing struct {
	t   *Terminal
	ask func(line string) Completion
}

// Do gives the ends of the name at the cursor. At the beginning of a line a
// tab is white space. Where there is nothing to add, the argument lists are shown.
func (c *completing) Do(line []rune, pos int) ([][]rune, int) {
	typed := string(line[:pos])
	if strings.TrimSpace(typed) == "" {
		return [][]rune{[]rune("  ")}, 0
	}
	got := c.ask(typed)
	if got.Help != "" {
		io.WriteString(c.t, note(got.Help)+"\n")
	}
	room := readline.GetScreenWidth() - len(got.Stem) - 2
	var ends [][]rune
	for _, e := range got.Ends {
		if len(e) < room { // readline's menu divides by the columns that fit
			ends = append(ends, []rune(e))
		}
	}
	return ends, len([]rune(got.Stem))
}
