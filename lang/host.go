package lang

import (
	"encoding/hex"
	"strings"
	"time"
)

// Inst is a moment, of class java.util.Date.
type Inst struct{ Time time.Time }

// instLayouts are the forms in which #inst may be written, all in UTC unless they say otherwise.
var instLayouts = []string{
	"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999-07:00", "2006-01-02T15:04:05.999999999",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02T15", "2006-01-02", "2006-01", "2006",
}

// ParseInst reads the text of an #inst.
func ParseInst(s string) (*Inst, bool) {
	for _, l := range instLayouts {
		if t, err := time.Parse(l, s); err == nil {
			return &Inst{t.UTC().Truncate(time.Millisecond)}, true
		}
	}
	return nil, false
}

// Class gives Clojure's class of such a value.
func (i *Inst) Class() *Class { return DateClass }

// PrintTo prints #inst "..." or ~U[...].
func (i *Inst) PrintTo(p *Printer) {
	if p.Notation == ElixirNotation {
		p.WriteString("~U[" + i.Time.Format("2006-01-02 15:04:05.000Z") + "]")
		return
	}
	p.WriteString(`#inst "` + i.Time.Format("2006-01-02T15:04:05.000-00:00") + `"`)
}

// Text gives the moment as java.util.Date's toString does.
func (i *Inst) Text() string { return i.Time.Format("Mon Jan 02 15:04:05 UTC 2006") }

// Hash gives Java's hash code.
func (i *Inst) Hash() uint32 { ms := uint64(i.Time.UnixMilli()); return uint32(ms ^ ms>>32) }

// EqualTo reports whether v is the same moment.
func (i *Inst) EqualTo(v Value) bool { o, ok := v.p.(*Inst); return ok && i.Time.Equal(o.Time) }

// CompareTo orders moments.
func (i *Inst) CompareTo(v Value) (int, bool) {
	o, ok := v.p.(*Inst)
	if !ok {
		return 0, false
	}
	return i.Time.Compare(o.Time), true
}

// UUID is a universally unique identifier.
type UUID struct{ Bytes [16]byte }

// ParseUUID reads the usual form of 8-4-4-4-12 hexadecimal digits.
func ParseUUID(s string) (*UUID, bool) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return nil, false
	}
	u := &UUID{}
	n, err := hex.Decode(u.Bytes[:], []byte(strings.ReplaceAll(s, "-", "")))
	return u, err == nil && n == 16
}

// Class gives Clojure's class of such a value.
func (u *UUID) Class() *Class { return UUIDClass }

// Text gives the usual form.
func (u *UUID) Text() string {
	h := hex.EncodeToString(u.Bytes[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// PrintTo prints #uuid "...", or the string that Elixir knows it as.
func (u *UUID) PrintTo(p *Printer) {
	if p.Notation == ElixirNotation {
		p.WriteString(`"` + u.Text() + `"`)
		return
	}
	p.WriteString(`#uuid "` + u.Text() + `"`)
}

// Hash gives Java's hash code.
func (u *UUID) Hash() uint32 {
	var h uint32
	for i := 0; i < 16; i += 4 {
		b := u.Bytes[i : i+4]
		h ^= uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	return h
}

// EqualTo reports whether v is the same identifier.
func (u *UUID) EqualTo(v Value) bool { o, ok := v.p.(*UUID); return ok && u.Bytes == o.Bytes }

// CompareTo orders identifiers as Java does: two signed halves.
func (u *UUID) CompareTo(v Value) (int, bool) {
	o, ok := v.p.(*UUID)
	if !ok {
		return 0, false
	}
	a, b := u.Bytes, o.Bytes
	for _, i := range []int{0, 8} {
		a[i] ^= 0x80
		b[i] ^= 0x80
	}
	return strings.Compare(string(a[:]), string(b[:])), true
}
