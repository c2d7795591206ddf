package commands

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/explore"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/files"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/timeline"
	"github.com/conc-repl/conc-repl/lang"
)

// stepForm evaluates a form, or the forms of a file, under the stepper.
func stepForm(e *Env, arg string) error {
	if b, err := os.ReadFile(arg); err == nil {
		e.Use(session.NotationOf(arg, e.Session.ID()))
		e.Session.Enter(arg)
		return e.Stop.Start(e.Session.Reader(&lang.Source{Name: arg, Text: string(b)}), arg)
	}
	return e.Stop.Start(e.Session.Typed(arg), arg)
}

func back(e *Env, arg string) error { return travel(e, "back "+arg) }

func gotoEvent(e *Env, arg string) error { return travel(e, "goto "+arg) }

// travel stops the world, if there is a record, for one of the stepper's words.
func travel(e *Env, word string) error {
	if e.Stop.Active() {
		return e.Stop.Do(word)
	}
	if err := e.Rec.Available(); err != nil {
		return err
	}
	e.Stop.Hold()
	if err := e.Stop.Do(word); err != nil {
		e.Stop.Leave()
		return err
	}
	return nil
}

func recording(e *Env, arg string) error {
	if arg != "" {
		m, err := record.ParseMode(arg)
		if err != nil {
			return err
		}
		if e.Stop.Active() {
			return errors.New("the stepper needs the record; quit leaves it")
		}
		e.Rec.SetMode(m)
	}
	first, last := e.Rec.Range()
	text := "nothing is kept"
	if last >= first {
		text = fmt.Sprintf("events %d to %d are kept", first, last)
	}
	fmt.Fprintf(e.Out, "; record %s: %s\n", e.Rec.Mode(), text)
	return nil
}

// mostEvents is how many events are listed when no range is given.
const mostEvents = 40

func events(e *Env, arg string) error {
	first, last := e.Rec.Range()
	if last < first {
		return e.Rec.Available()
	}
	from, to := max(first, last-mostEvents+1), last
	if arg != "" {
		var err error
		if from, to, err = span(arg, first, last); err != nil {
			return err
		}
	}
	p := timeline.Printer{Show: e.Session.World.Show, World: e.Session.World}
	p.List(e.Out, e.Rec, from, to)
	return nil
}

// span reads N..M, N.., ..M or N.
func span(arg string, first, last int) (from, to int, err error) {
	a, b, ranged := strings.Cut(arg, "..")
	from, to = first, last
	if a != "" {
		if from, err = strconv.Atoi(a); err != nil {
			return 0, 0, errors.New("it is N..M, with the numbers of events")
		}
		if !ranged {
			to = from
		}
	}
	if b != "" {
		if to, err = strconv.Atoi(b); err != nil {
			return 0, 0, errors.New("it is N..M, with the numbers of events")
		}
	}
	if from = max(from, first); from > to || to < first || from > last {
		return 0, 0, fmt.Errorf("the record has events %d to %d", first, last)
	}
	return from, min(to, last), nil
}

func event(e *Env, arg string) error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return errors.New("events have numbers (.events lists them)")
	}
	if err := e.Rec.Available(); err != nil {
		return err
	}
	p := timeline.Printer{Show: e.Session.World.Show, World: e.Session.World}
	return p.Explain(e.Out, e.Rec, n)
}

// timelineOf draws the run, or writes its picture to a file. The graph of
// what was explored, if that was last, stands for a run.
func timelineOf(e *Env, arg string) error {
	arg = files.Name(arg)
	if filepath.Ext(arg) == explore.TreeExt && e.justExplored() {
		return e.explorerOf().Draw(arg)
	}
	ext := filepath.Ext(arg)
	write, err := timeline.Format(ext)
	if arg != "" && err != nil {
		return err
	}
	if err := e.Rec.Available(); err != nil {
		return err
	}
	run := timeline.Of(e.Rec, e.Session.World, e.Session.World.Show)
	if arg == "" {
		return timeline.Terminal(e.Out, run, e.Width(), e.Unicode)
	}
	if timeline.Needs(ext) {
		if err := run.Look(e.Rec); err != nil {
			return err
		}
	}
	if err := files.Write(arg, func(out io.Writer) error { return write(out, run) }); err != nil {
		return err
	}
	fmt.Fprintf(e.Out, "; %d events in %s%s\n", len(run.Rows), arg, run.Omission())
	return nil
}
