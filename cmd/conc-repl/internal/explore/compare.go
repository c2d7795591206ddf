package explore

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/runtime/explore"
)

// between stands between the two forms of .compare.
const between = " vs "

// Compare explores the two forms of a text, FORM1 vs FORM2, and tells the
// outcomes that only one of them has. Flags may stand before them.
func (x *Explorer) Compare(text string) error {
	o, rest, err := Parse(text)
	if err != nil {
		return err
	}
	err = errors.New("compare what? .compare FORM1 vs FORM2")
	for at := 0; ; at++ {
		i := strings.Index(rest[at:], between)
		if i < 0 {
			return err
		}
		at += i
		texts := [2]string{rest[:at], rest[at+len(between):]}
		var results [2]*explore.Result
		if results, err = x.both(texts, o); err == nil {
			_, err = io.WriteString(x.Out, Difference(results[0], results[1]))
			return err
		}
	}
}

// both explores two forms.
func (x *Explorer) both(texts [2]string, o Options) (results [2]*explore.Result, err error) {
	for i, text := range texts {
		if _, err := x.read(x.S.Typed(text), text); err != nil {
			return results, fmt.Errorf("form %d: %w", i+1, err)
		}
	}
	for i, text := range texts {
		form, err := x.read(x.S.Typed(text), text)
		if err != nil {
			return results, err
		}
		if err := x.explore(form, text, o); err != nil {
			return results, err
		}
		results[i] = x.last
	}
	return results, nil
}

// Difference tells which outcomes only one of two explorations has found.
func Difference(a, b *explore.Result) string {
	var out strings.Builder
	common := 0
	for i, r := range []*explore.Result{a, b} {
		other := titles([]*explore.Result{b, a}[i])
		for _, o := range r.Outcomes {
			name := title(o) + printed(o.Output)
			if other[name] {
				common++
				continue
			}
			fmt.Fprintf(&out, "only the %s: %s   %s\n", [...]string{"first", "second"}[i], hue(o).Sprint(name), count(o.Behaviours, "behaviour"))
			if len(o.Lines) > 0 {
				fmt.Fprintf(&out, "    %s\n", explore.Brief(fold(o.Lines)))
			}
		}
		if !r.Exhaustive {
			fmt.Fprintf(&out, "the %s was not explored to the end: %s\n", [...]string{"first", "second"}[i], r.Cut)
		}
	}
	fmt.Fprintf(&out, "%s in both\n", count(common/2, "outcome"))
	return out.String()
}

// titles gives what the outcomes of a result are.
func titles(r *explore.Result) map[string]bool {
	out := map[string]bool{}
	for _, o := range r.Outcomes {
		out[title(o)+printed(o.Output)] = true
	}
	return out
}
