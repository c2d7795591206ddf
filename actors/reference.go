package actors

import (
	"fmt"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Reference is what make-ref, monitor, send-after and process-alias give: a
// value that is equal to itself alone. One that is an alias also stands for
// its owner as the destination of a send, until it is switched off.
type Reference struct {
	runtime.Stamped
	id     runtime.ID
	order  uint64
	owner  *runtime.Process
	object lang.Value     // what a DOWN message names: a pid, or [name node]
	timer  *runtime.Timer // of send-after
	alias  aliasMode
}

// aliasMode says when an alias ends. It is the only part of a reference that changes.
type aliasMode uint8

const (
	noAlias        aliasMode = iota
	aliasExplicit            // by unalias
	aliasDemonitor           // also with its monitor
	aliasReply               // also by the first message through it
)

var aliasModes = map[string]aliasMode{
	"explicit_unalias": aliasExplicit, "demonitor": aliasDemonitor, "reply_demonitor": aliasReply,
}

var referenceClass = lang.DefineClass("conc.actors.Reference", lang.ObjectClass)

// Save gives the state of the alias.
func (r *Reference) Save() any { return r.alias }

// Restore puts a state back.
func (r *Reference) Restore(s any) { r.alias = s.(aliasMode) }

// Class gives the class of references.
func (r *Reference) Class() *lang.Class { return referenceClass }

// String gives the reference as iex prints it.
func (r *Reference) String() string {
	return fmt.Sprintf("#Reference<0.%d.%d.%d>", uint32(r.id>>32), uint32(r.id)>>12, uint32(r.id)&0xfff+1)
}

// PrintTo prints the reference.
func (r *Reference) PrintTo(p *lang.Printer) { p.WriteString(r.String()) }

// Hash derives from the reference's id.
func (r *Reference) Hash() uint32 { return uint32(r.id ^ r.id>>32) }

// TermRank places references among Erlang's terms: by who made them, and
// then in the order of their making.
func (r *Reference) TermRank() (lang.TermRank, uint64) { return lang.TermReference, r.order }

// Owner gives the process that made the reference.
func (r *Reference) Owner() *runtime.Process { return r.owner }

// newReference makes a reference, and marks its place in the mailbox of its maker.
func (s *System) newReference(p *runtime.Process) *Reference {
	r := &Reference{id: p.NewID(), owner: p}
	r.order = p.Num<<32 | p.Made()&(1<<32-1)
	m := s.mailbox(p)
	s.w.Touch(m)
	m.mark(r)
	return r
}

// endAlias switches an alias off; it reports whether it was on.
func (s *System) endAlias(r *Reference) bool {
	if r.alias == noAlias {
		return false
	}
	s.w.Touch(r)
	r.alias = noAlias
	return true
}
