package views

import (
	"fmt"
	"io"
	"strings"

	"github.com/conc-repl/conc-repl/channels"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Channels lists the channels, one a line.
func Channels(out io.Writer, w *runtime.World) {
	all := channels.All(w)
	if len(all) == 0 {
		fmt.Fprintln(out, "there are no channels")
	}
	for i, c := range all {
		if i == mostRows {
			fmt.Fprintf(out, "and %d more\n", len(all)-i)
			return
		}
		in := channels.Info(c)
		fmt.Fprintf(out, "%s  %s%s%s\n", in.Name, bufferText(w, in), partiesText("puts", w, in.Puts, true), partiesText("takes", w, in.Takes, false))
	}
}

// bufferText describes the buffer and whether the channel is closed.
func bufferText(w *runtime.World, in channels.ChannelInfo) string {
	s := "no buffer"
	if b := in.Buffer; b != nil {
		vs := make([]string, 0, min(len(b.Values), mostNamed))
		for i, v := range b.Values {
			if i == mostNamed {
				vs = append(vs, "...")
				break
			}
			vs = append(vs, short(w, v))
		}
		s = fmt.Sprintf("%s buffer %d/%d [%s]", b.Kind, len(b.Values), b.Size, strings.Join(vs, " "))
	}
	if in.Closed {
		s += ", closed"
	}
	return s
}

// partiesText lists in one line who waits.
func partiesText(what string, w *runtime.World, ps []channels.Party, values bool) string {
	if len(ps) == 0 {
		return ""
	}
	var parts []string
	for i, p := range ps {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("... %d in all", len(ps)))
			break
		}
		parts = append(parts, partyText(w, p, values))
	}
	return "; " + what + ": " + strings.Join(parts, ", ")
}

func partyText(w *runtime.World, p channels.Party, value bool) string {
	s := "a callback"
	if p.Proc != nil {
		s = w.Label(p.Proc)
	}
	if value {
		s = short(w, p.Value) + " by " + s
	}
	if p.Alts {
		s += " (alts)"
	}
	return s
}

// Channel shows one channel; it reports whether v is one.
func Channel(out io.Writer, w *runtime.World, v lang.Value) bool {
	c, ok := v.Obj().(*channels.Channel)
	if !ok {
		return false
	}
	in := channels.Info(c)
	fmt.Fprintf(out, "%s  %s\n", in.Name, bufferText(w, in))
	if b := in.Buffer; b != nil {
		for i, x := range b.Values {
			if i == mostMessages {
				fmt.Fprintf(out, "  and %d more\n", len(b.Values)-i)
				break
			}
			fmt.Fprintf(out, "  %d  %s\n", i+1, short(w, x))
		}
	}
	parties(out, w, "waits to put", in.Puts, true)
	parties(out, w, "waits to take", in.Takes, false)
	if in.Inside != nil {
		fmt.Fprintf(out, "  %s runs its transducer\n", w.Label(in.Inside))
	}
	return true
}

func parties(out io.Writer, w *runtime.World, what string, ps []channels.Party, values bool) {
	for i, p := range ps {
		if i == mostMessages {
			fmt.Fprintf(out, "  and %d more\n", len(ps)-i)
			return
		}
		fmt.Fprintf(out, "  %s: %s\n", what, partyText(w, p, values))
	}
}

// IsChannel reports whether v is a channel.
func IsChannel(v lang.Value) bool {
	_, ok := v.Obj().(*channels.Channel)
	return ok
}

// ChannelName gives the short name of a channel; it reports whether v is one.
func ChannelName(v lang.Value) (string, bool) {
	c, ok := v.Obj().(*channels.Channel)
	if !ok {
		return "", false
	}
	return c.Name(), true
}

// FindChannel gives the channel of a short name.
func FindChannel(w *runtime.World, name string) (lang.Value, bool) {
	for _, c := range channels.All(w) {
		if c.Name() == name {
			return lang.Obj(c), true
		}
	}
	return lang.Nil, false
}
