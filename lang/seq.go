package lang

// Seq is a non-empty sequence whose first element is there: a cons cell, a
// list, a position in a vector, a range, a chunk. Sequences are immutable.
type Seq interface {
	First() Value
	// Rest is what follows: a Seq, the empty list, or a lazy cell that may
	// not be realised yet. It is never nil.
	Rest() Value
}

// LazySeq is a cell that computes its sequence when it is first looked at.
// It is an entity: only the world changes it, and only once, so lang offers
// to look, not to force. Natives see realised cells alone (Native.Seqs and
// Native.Deep ask for that), or ask the machine to force one.
type LazySeq struct {
	Thunk Value // the function of no arguments; nil once realised
	Val   Value // once realised: nil, or a Seq (never another LazySeq)
	Meta  *Map
	State LazyState
	Owner uint64 // the process that runs the thunk, while LazyRunning
}

// LazyState is how far a lazy cell has come.
type LazyState uint8

// The states of a lazy cell.
const (
	LazyNew LazyState = iota
	LazyRunning
	LazyDone
)

// Done reports whether the cell is realised.
func (l *LazySeq) Done() bool { return l.State == LazyDone }

// SeqOf gives the sequence of v: nil for nil and whatever is empty, else a
// value that holds a Seq. If a lazy cell must be realised first, it gives that
// cell. It raises IllegalArgumentException ("Don't know how to create ISeq
// from: java.lang.Long") for what is no sequence.
func SeqOf(v Value) (Value, *LazySeq) { return seqOf(v) }
