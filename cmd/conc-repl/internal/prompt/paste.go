package prompt

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// Terminals mark the beginning and the end of a paste if they are asked to.
const (
	pasteOn    = "\x1b[?2004h"
	pasteOff   = "\x1b[?2004l"
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// standIns are characters of Unicode's private use that stand, inside of the
// line editor, for what it cannot take from a paste: a tab would ask for
// completion, and a long piece would be redrawn for each of its characters.
const (
	tabStandIn   = '\uE009'
	firstStandIn = '\uE100'
	lastStandIn  = '\uE8FF'
)

// longPiece is the length, in bytes, from which a line of a paste gets a stand-in.
const longPiece = 400

// pasteFilter reads what the terminal sends, and puts stand-ins into pastes.
type pasteFilter struct {
	in      io.ReadCloser
	mu      sync.Mutex
	pieces  []string // of the stand-ins, from firstStandIn on
	raw     []byte   // read and not yet looked at
	ready   []byte   // to be handed out
	pasting bool
	body    []byte // of the paste under way
}

// Read hands out what is typed as it is, and pastes with their stand-ins.
func (f *pasteFilter) Read(b []byte) (int, error) {
	for len(f.ready) == 0 {
		chunk := make([]byte, 4096)
		n, err := f.in.Read(chunk)
		f.raw = append(f.raw, chunk[:n]...)
		f.sort()
		if err != nil && len(f.ready) == 0 {
			return 0, err
		}
	}
	n := copy(b, f.ready)
	f.ready = f.ready[n:]
	return n, nil
}

// Close closes the terminal.
func (f *pasteFilter) Close() error { return f.in.Close() }

// sort moves what was read to where it belongs.
func (f *pasteFilter) sort() {
	for {
		mark, to := pasteBegin, &f.ready
		if f.pasting {
			mark, to = pasteEnd, &f.body
		}
		i := bytes.Index(f.raw, []byte(mark))
		if i < 0 {
			keep := partOf(f.raw, mark)
			*to = append(*to, f.raw[:len(f.raw)-keep]...)
			f.raw = append(f.raw[:0], f.raw[len(f.raw)-keep:]...)
			return
		}
		*to = append(*to, f.raw[:i]...)
		f.raw = f.raw[i+len(mark):]
		if f.pasting {
			f.ready = append(f.ready, f.replace(string(f.body))...)
			f.body = nil
		}
		f.pasting = !f.pasting
	}
}

// partOf gives how many bytes at the end of raw may be the beginning of mark.
// They are held back until more comes, which does no harm to a lone escape: the
// editor waits for what follows it, too.
func partOf(raw []byte, mark string) int {
	for n := min(len(mark)-1, len(raw)); n > 0; n-- {
		if string(raw[len(raw)-n:]) == mark[:n] {
			return n
		}
	}
	return 0
}

// replace puts stand-ins into a paste, and leaves out other control characters.
func (f *pasteFilter) replace(body string) string {
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(withoutResults(body), "\n")
	for i, line := range lines {
		line = strings.Map(func(r rune) rune {
			switch {
			case r == '\t':
				return tabStandIn
			case r < ' ' || r == 0x7f || r == utf8.RuneError:
				return -1
			}
			return r
		}, line)
		if len(line) > longPiece {
			line = f.standIn(line)
		}
		lines[i] = line
	}
	return strings.Join(lines, "\r")
}

// standIn gives a character for a piece of text.
func (f *pasteFilter) standIn(piece string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.pieces) > lastStandIn-firstStandIn {
		f.pieces = nil
	}
	f.pieces = append(f.pieces, piece)
	return string(rune(firstStandIn + len(f.pieces) - 1))
}

// restore gives a line with what its stand-ins stand for.
func (f *pasteFilter) restore(line string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var b strings.Builder
	for _, r := range line {
		if i := int(r - firstStandIn); i >= 0 && i < len(f.pieces) {
			b.WriteString(f.pieces[i])
		} else {
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(b.String(), string(tabStandIn), "\t")
}

// shown gives what the editor shows for a rune of its line: one column for each.
func shown(r rune) rune {
	switch {
	case r == tabStandIn:
		return ' '
	case r >= firstStandIn && r <= lastStandIn:
		return '…'
	}
	return r
}
