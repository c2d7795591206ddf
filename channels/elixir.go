package channels

import (
	_ "embed" // chan.ex
	"sync"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

//go:embed chan.ex
var chanText string

// elixirLibraries gives the module Chan: channels in the Elixir notation. A put
// or a take in a go block parks; in any other process it blocks.
var elixirLibraries = sync.OnceValue(func() []*runtime.Library {
	return append([]*runtime.Library{{Name: "Chan", Doc: "Channels, as core.async has them.", Natives: chanNatives}},
		runtime.ElixirLibraries(&lang.Source{Name: "chan.ex", Library: true, Text: chanText})...)
})

var chanNatives = []*lang.Native{
	{Name: "Chan/new", Min: 0, Max: 1, Run: run(newChan), Args: "buffer \\\\ 0",
		Doc: "Makes a channel. A number makes a buffer of that many values; sliding: n drops the oldest value when it is full, dropping: n the newest. Chan.new(3)"},
	{Name: "Chan/put", Min: 2, Max: 2, Run: inKind(put(parkPut), put(blockPut)), Args: "chan, value",
		Doc: "Puts a value into a channel, and waits until there is room or a taker. It gives false if the channel is closed, else true."},
	{Name: "Chan/take", Min: 1, Max: 1, Run: inKind(take(parkTake), take(blockTake)), Args: "chan",
		Doc: "Takes a value from a channel, and waits until there is one; nil once the channel is closed and empty."},
	{Name: "Chan/alts", Min: 1, Max: 2, Run: run(chanAlts), Args: "ports, opts \\\\ []",
		Doc: "Does one of several operations, the first that can be done: ports holds channels to take from and {channel, value} pairs to put. It gives {value, channel}. With priority: true, those that are ready are tried in order; with default: v it never waits and may give {v, :default}."},
	{Name: "Chan/close", Min: 1, Max: 1, Run: run(chanClose), Args: "chan",
		Doc: "Closes a channel: it takes no more puts. What is in it, and the puts that wait already, can still be taken; after that, takes give nil."},
	{Name: "Chan/offer", Min: 2, Max: 2, Run: put(offerPut), Args: "chan, value",
		Doc: "Puts a value if that can be done at once: true if so, false if the channel is closed, nil if it would have to wait."},
	{Name: "Chan/poll", Min: 1, Max: 1, Run: take(pollTake), Args: "chan",
		Doc: "Takes a value if that can be done at once; nil otherwise."},
	{Name: "Chan/put!", Min: 2, Max: 3, Run: run(putAsync), Args: "chan, value, fun \\\\ nil",
		Doc: "Puts a value without waiting; fun, if given, is called with true once it is taken or buffered, with false if the channel is closed."},
	{Name: "Chan/take!", Min: 2, Max: 2, Run: run(takeAsync), Args: "chan, fun",
		Doc: "Has fun called with a value from the channel, nil if it is closed, without waiting for one."},
	{Name: "Chan/timeout", Min: 1, Max: 1, Run: run(chanTimeout), Args: "ms",
		Doc: "Makes a channel that closes once ms milliseconds have passed."},
	{Name: "Chan/go", Min: 1, Max: 1, Run: start(runtime.Go), Args: "fun",
		Doc: "Calls fun in a new go block; the channel that it gives gets the result, and closes."},
	{Name: "Chan/thread", Min: 1, Max: 1, Run: start(runtime.Thread), Args: "fun",
		Doc: "Calls fun in a thread of its own; the channel that it gives gets the result, and closes."},
	{Name: "Chan/closed?", Min: 1, Max: 1, Run: run(isClosed), Args: "chan", Doc: "Whether a channel takes no more puts."},
	{Name: "Chan/info", Min: 1, Max: 1, Run: run(chanInfo), Args: "chan",
		Doc: "What a channel holds, as a map: its name, its buffer, the puts and takes that wait on it, and whether it is closed."},
}

// inKind is a function that parks in a go block and blocks elsewhere.
func inKind(parks, blocks run) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if p.Kind == runtime.Go {
			return parks(p, args)
		}
		return blocks(p, args)
	}
}

// bufferOptions are the buffers by the option that asks for them.
var bufferOptions = map[string]BufferKind{"buffer": Fixed, "sliding": Sliding, "dropping": Dropping}

// newChan is Chan.new: a size, or one option such as sliding: 3.
func newChan(p *runtime.Process, args []lang.Value) lang.Value {
	if len(args) == 0 {
		return build(p, nil, lang.Nil, lang.Nil)
	}
	n, kind := args[0], Fixed
	if !n.IsFixed() {
		var ok bool
		if n, kind, ok = bufferOption(args[0]); !ok {
			lang.Raise(lang.IllegalArgumentException, "a channel's buffer is a number, or sliding: n or dropping: n, not %s", lang.Inspect(args[0]))
		}
	}
	switch {
	case n.AsInt() < 0:
		lang.Raise(lang.IllegalArgumentException, "a channel's buffer has at least 0 places, not %s", lang.Inspect(n))
	case n.AsInt() == 0 && kind == Fixed:
		return build(p, nil, lang.Nil, lang.Nil)
	}
	return build(p, newBuffer(here(p), kind, size(n)), lang.Nil, lang.Nil)
}

// bufferOption reads a list of one pair, or the pair itself.
func bufferOption(v lang.Value) (n lang.Value, kind BufferKind, ok bool) {
	if l, isList := v.Obj().(*lang.List); isList && l.Len() == 1 {
		v = l.First()
	}
	t, isPair := v.Obj().(*lang.Vector)
	if !isPair || t.Len() != 2 || !t.Nth(1).IsFixed() {
		return lang.Nil, Fixed, false
	}
	k, _ := t.Nth(0).AsKeyword()
	if k == nil {
		return lang.Nil, Fixed, false
	}
	kind, ok = bufferOptions[k.String()]
	return t.Nth(1), kind, ok
}

// chanAlts is Chan.alts, whose options are a keyword list.
func chanAlts(p *runtime.Process, args []lang.Value) lang.Value {
	flat := []lang.Value{args[0]}
	if len(args) == 2 {
		for _, o := range lang.ToSlice(args[1]) {
			if t, ok := o.Obj().(*lang.Vector); ok && t.Len() == 2 {
				flat = append(flat, t.Nth(0), t.Nth(1))
			}
		}
	}
	return inKind(alts(false), alts(true))(p, flat)
}

// chanClose is Chan.close, which gives :ok.
func chanClose(p *runtime.Process, args []lang.Value) lang.Value {
	return p.Call(closedKont, nil, closeNative, args[0])
}

var (
	closedKont  = &runtime.Kont{Name: "Chan.close", Return: func(*runtime.Process, any, lang.Value) lang.Value { return lang.K("ok") }}
	closeNative = lang.Obj(&lang.Native{Name: "clojure.core.async/close!", Min: 1, Max: 1, Run: run(closeChan)})
)

func chanTimeout(p *runtime.Process, args []lang.Value) lang.Value {
	if !args[0].IsFixed() || args[0].AsInt() < 0 {
		lang.Raise(lang.IllegalArgumentException, "a timeout is a number of milliseconds, not %s", lang.Inspect(args[0]))
	}
	return lang.Obj(newTimeout(here(p), time.Duration(args[0].AsInt())*time.Millisecond))
}
