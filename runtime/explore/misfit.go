package explore

import (
	"fmt"
	"strings"
)

// Misfit is the error of a schedule that no longer fits its program: it tells
// of the first choice that does not.
type Misfit struct {
	Step    int    // from 1
	Usual   Line   // what the scheduler would do there, in place of which the schedule chose
	Choices []Line // what else could be done there now; none of it is what was chosen
}

// Error tells which choice it is, where the program stands, and what is there now.
func (m *Misfit) Error() string {
	at := fmt.Sprintf("the schedule no longer fits at step %d: ", m.Step)
	if m.Usual.What == "" {
		return at + "the program ends there, before a choice of the schedule"
	}
	at += fmt.Sprintf("in place of %s the schedule chose another step; ", m.Usual.placed())
	if len(m.Choices) == 0 {
		return at + "there is no other now"
	}
	var now []string
	for _, l := range m.Choices {
		now = append(now, l.placed())
	}
	return at + "what could be chosen now is not it: " + strings.Join(now, ", or ")
}

// placed tells of a step with its place.
func (l Line) placed() string {
	if !l.Pos.IsValid() {
		return l.String()
	}
	return l.String() + " (" + l.Pos.String() + ")"
}

// misfit makes the error of a choice among labels in place of usual.
func (r *run) misfit(step int, labels []label, usual int) *Misfit {
	m := &Misfit{Step: step}
	for i, l := range labels {
		if line := r.describe(l); i == usual {
			m.Usual = line
		} else {
			m.Choices = append(m.Choices, line)
		}
	}
	return m
}

// rename has the short names of what takes part stand in the lines.
func (m *Misfit) rename(names *strings.Replacer) {
	m.Usual = m.Usual.renamed(names)
	for i, l := range m.Choices {
		m.Choices[i] = l.renamed(names)
	}
}

func (l Line) renamed(names *strings.Replacer) Line {
	l.Who, l.What = names.Replace(l.Who), names.Replace(l.What)
	return l
}
