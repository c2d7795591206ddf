package prompt

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// edit opens the last entry in the person's own editor, and evaluates what
// comes back.
func (l *Loop) edit() error {
	if !l.ed.Live() {
		return fmt.Errorf(".edit needs a terminal")
	}
	if l.reading {
		return fmt.Errorf(".edit has to wait until the form is done")
	}
	f, err := os.CreateTemp("", "conc-repl-*.clj")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString(l.entered); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	words := strings.Fields(cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), "vi"))
	c := exec.Command(words[0], append(words[1:], f.Name())...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w (set EDITOR to another editor)", words[0], err)
	}
	b, err := os.ReadFile(f.Name())
	if err != nil {
		return err
	}
	text := string(b)
	if strings.TrimSpace(text) == "" {
		return nil
	}
	l.ed.Remember(text)
	l.evalText(text)
	return nil
}
