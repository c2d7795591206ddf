package lang

import (
	"math/big"
	mathbits "math/bits"
	"sync/atomic"
	"unicode/utf16"
	"unicode/utf8"
)

// Hash gives Clojure's hasheq of a value without unrealised lazy cells:
// Murmur3 over Java's hash codes, as clojure.lang.Util and Murmur3 have it.
// Values that are Equal have equal hashes.
func Hash(v Value) uint32 {
	switch x := v.p.(type) {
	case intTag, int32Tag:
		return hashLong(v.w)
	case *Keyword:
		return x.hasheq()
	case string:
		return hashInt(javaString(x))
	}
	h := hasher{}
	return h.hash(v, 0)
}

// Hashed is what further kinds of values implement that have a hash of their own.
type Hashed interface{ Hash() uint32 }

const (
	murmurC1 = 0xcc9e2d51
	murmurC2 = 0x1b873593
)

func mixK1(k uint32) uint32 { return mathbits.RotateLeft32(k*murmurC1, 15) * murmurC2 }

func mixH1(h, k uint32) uint32 { return mathbits.RotateLeft32(h^k, 13)*5 + 0xe6546b64 }

func fmix(h, length uint32) uint32 {
	h ^= length
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

func hashInt(i uint32) uint32 {
	if i == 0 {
		return 0
	}
	return fmix(mixH1(0, mixK1(i)), 4)
}

func hashLong(l uint64) uint32 {
	if l == 0 {
		return 0
	}
	return fmix(mixH1(mixH1(0, mixK1(uint32(l))), mixK1(uint32(l>>32))), 8)
}

// MixCollectionHash gives the hash of a collection of n elements from that of
// the elements, h.
func MixCollectionHash(h uint32, n int) uint32 { return mixCollection(h, n) }

func mixCollection(h uint32, n int) uint32 { return fmix(mixH1(0, mixK1(h)), uint32(n)) }

// units calls f with each UTF-16 unit of s, which is how Java sees it.
func units(s string, f func(uint32)) {
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
		if r >= 0x10000 {
			hi, lo := utf16.EncodeRune(r)
			f(uint32(hi))
			r = lo
		}
		f(uint32(r))
	}
}

// javaString is String.hashCode.
func javaString(s string) uint32 {
	var h uint32
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			units(s[i:], func(u uint32) { h = 31*h + u })
			return h
		}
		h = 31*h + uint32(s[i])
	}
	return h
}

// murmurString is Murmur3.hashUnencodedChars.
func murmurString(s string) uint32 {
	var h, held, n uint32
	units(s, func(u uint32) {
		if n%2 == 0 {
			held = u
		} else {
			h = mixH1(h, mixK1(held|u<<16))
		}
		n++
	})
	if n%2 == 1 {
		h ^= mixK1(held)
	}
	return fmix(h, 2*n)
}

func hashCombine(seed, h uint32) uint32 {
	return seed ^ (h + 0x9e3779b9 + seed<<6 + uint32(int32(seed)>>2))
}

func symbolHash(ns, name string) uint32 {
	var h uint32
	if ns != "" {
		h = javaString(ns)
	}
	return hashCombine(murmurString(name), h)
}

func (k *Keyword) hasheq() uint32 { return k.hash }

// keywordHash is what Keyword.hasheq gives.
func keywordHash(ns, name string) uint32 { return symbolHash(ns, name) + 0x9e3779b9 }

// javaBig is BigInteger.hashCode.
func javaBig(i *big.Int) uint32 {
	var h uint32
	b := i.Bytes()
	for len(b)%4 != 0 {
		b = append([]byte{0}, b...)
	}
	for ; len(b) > 0; b = b[4:] {
		h = 31*h + (uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]))
	}
	if i.Sign() < 0 {
		return -h
	}
	return h
}

func hashBig(i *big.Int) uint32 {
	if i.IsInt64() {
		return hashLong(uint64(i.Int64()))
	}
	return javaBig(i)
}

func hashBool(b bool) uint32 {
	if b {
		return 1231
	}
	return 1237
}

func hashFloat(w uint64) uint32 {
	if w == 1<<63 { // -0.0 equals 0.0
		return 0
	}
	return uint32(w ^ w>>32)
}

// maxDepth is how deep a recursion in Go over a nested value may go before it
// turns to a stack of its own.
const maxDepth = 1000

// hasher hashes one value. Beyond maxDepth it works bottom up from a stack of
// its own, and memo has what is below.
type hasher struct{ memo map[any]uint32 }

func (h *hasher) hash(v Value, depth int) uint32 {
	switch x := v.p.(type) {
	case nil:
		return 0
	case intTag, int32Tag:
		return hashLong(v.w)
	case *Keyword:
		return x.hasheq()
	case string:
		return hashInt(javaString(x))
	case floatTag:
		return hashFloat(v.w)
	case boolTag:
		return hashBool(v.w != 0)
	case charTag:
		return uint32(v.w)
	case *Symbol:
		return symbolHash(x.NS, x.Name)
	case *big.Int:
		return hashBig(x)
	case *Ratio:
		return javaBig(x.num) ^ javaBig(x.den)
	case *Decimal:
		return x.hash()
	case Hashed:
		return x.Hash()
	case *Class:
		return hashInt(javaString(x.Name))
	case *Closure:
		return x.hash()
	case *Native:
		return hashInt(javaString(x.Name))
	case *Exception:
		return hashInt(javaString(x.Message()))
	}
	return h.collection(v, depth)
}

// hash must not change when a capture is filled later, and must tell apart
// what a loop makes: so it looks at captured scalars alone.
func (c *Closure) hash() uint32 {
	h := symbolHash("", c.Fn.Name)
	for _, u := range c.Up {
		switch u.p.(type) {
		case intTag, floatTag, string, *Keyword:
			h = 31*h + Hash(u)
		}
	}
	return h
}

func (h *hasher) collection(v Value, depth int) uint32 {
	cache := hashCache(v)
	if cache != nil {
		if c := loadHash(cache); c != 0 {
			return c
		}
	} else if c, ok := h.memo[v.p]; ok {
		return c
	}
	if depth > maxDepth && h.memo == nil {
		h.bottomUp(v)
	}
	var r uint32
	switch x := v.p.(type) {
	case *Map:
		r = h.entries(x.Each, x.cnt, depth)
	case *SortedMap:
		r = h.entries(x.Each, x.cnt, depth)
	case *Record:
		r = symbolHash("", x.Type.Class.Name) ^ h.entries(x.Each, x.Len(), depth)
	case *Set:
		r = h.elements(x.Each, x.Len(), depth)
	case *SortedSet:
		r = h.elements(x.Each, x.Len(), depth)
	default:
		if !IsSequential(v) {
			return 0
		}
		r = h.sequence(v, depth)
	}
	switch {
	case cache != nil:
		storeHash(cache, r)
	case h.memo != nil:
		h.memo[v.p] = r
	}
	return r
}

func (h *hasher) sequence(v Value, depth int) uint32 {
	sum, n := uint32(1), 0
	cell := iterate(v, func(x Value) bool {
		sum = 31*sum + h.hash(x, depth+1)
		n++
		return true
	}, true)
	if cell != nil {
		raiseUnrealised()
	}
	return mixCollection(sum, n)
}

func (h *hasher) entries(each func(func(k, v Value) bool), n, depth int) uint32 {
	var sum uint32
	each(func(k, v Value) bool {
		e := 31*(31+h.hash(k, depth+1)) + h.hash(v, depth+1)
		sum += mixCollection(e, 2)
		return true
	})
	return mixCollection(sum, n)
}

func (h *hasher) elements(each func(func(Value) bool), n, depth int) uint32 {
	var sum uint32
	each(func(x Value) bool {
		sum += h.hash(x, depth+1)
		return true
	})
	return mixCollection(sum, n)
}

// bottomUp hashes every collection inside v, the innermost first.
func (h *hasher) bottomUp(v Value) {
	h.memo = map[any]uint32{}
	type task struct {
		v    Value
		down bool
	}
	stack := []task{{v, false}}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if t.down {
			h.collection(t.v, 0)
			continue
		}
		stack = append(stack, task{t.v, true})
		children(t.v, func(x Value) bool {
			if isCollection(x) {
				stack = append(stack, task{x, false})
			}
			return true
		})
	}
}

// isCollection reports whether v has elements that are values.
func isCollection(v Value) bool {
	switch v.p.(type) {
	case *Vector, *Map, *Set, *SortedMap, *SortedSet, *Record, Seq, *LazySeq:
		return true
	}
	return false
}

// children calls f with the values directly inside a collection, keys and
// values of maps in turn; it gives the lazy cell where it had to stop.
func children(v Value, f func(Value) bool) *LazySeq {
	both := func(k, v Value) bool { return f(k) && f(v) }
	switch x := v.p.(type) {
	case *Map:
		x.Each(both)
	case *SortedMap:
		x.Each(both)
	case *Record:
		x.Each(both)
	default:
		return iterate(v, f, true)
	}
	return nil
}

// hashCache gives where a collection keeps its hash: 0 while it is not known.
// Two goroutines may both compute it, and store the same.
func hashCache(v Value) *uint32 {
	switch x := v.p.(type) {
	case *Vector:
		return &x.hash
	case *Map:
		return &x.hash
	case *SortedMap:
		return &x.hash
	case *Set:
		return &x.hash
	case *Record:
		return &x.hash
	case *List:
		return &x.hash
	}
	return nil
}

func loadHash(p *uint32) uint32 { return atomic.LoadUint32(p) }

func storeHash(p *uint32, h uint32) { atomic.StoreUint32(p, h) }
