package lang

import (
	"strconv"
	"testing"
)

const million = 1_000_000

func millionVector() *Vector {
	b := NewVectorBuilder(EmptyVector)
	for i := range int64(million) {
		b.Conj(Int(i))
	}
	return b.Vector()
}

func millionMap() *Map {
	b := NewMapBuilder(EmptyMap)
	for i := range int64(million) {
		b.Assoc(Int(i), Int(i))
	}
	return b.Map()
}

func BenchmarkVectorConj(b *testing.B) {
	b.ReportAllocs()
	v := EmptyVector
	for i := range b.N {
		if i%million == 0 {
			v = EmptyVector
		}
		v = v.Conj(Int(int64(i)))
	}
}

func BenchmarkVectorTransientConj(b *testing.B) {
	b.ReportAllocs()
	t := NewVectorBuilder(EmptyVector)
	for i := range b.N {
		if i%million == 0 {
			t = NewVectorBuilder(EmptyVector)
		}
		t.Conj(Int(int64(i)))
	}
}

func BenchmarkVectorGet(b *testing.B) {
	v := millionVector()
	b.ResetTimer()
	var s int64
	x := uint32(1)
	for range b.N {
		x = x*1664525 + 1013904223
		s += v.Nth(int(x>>8) % million).AsInt()
	}
}

func BenchmarkVectorAssoc(b *testing.B) {
	v := millionVector()
	b.ReportAllocs()
	b.ResetTimer()
	x := uint32(1)
	for range b.N {
		x = x*1664525 + 1013904223
		v = v.Assoc(int(x>>8)%million, Nil)
	}
}

func BenchmarkMapAssoc(b *testing.B) {
	b.ReportAllocs()
	m := EmptyMap
	for i := range b.N {
		if i%million == 0 {
			m = EmptyMap
		}
		m = m.Assoc(Int(int64(i%million)), Nil)
	}
}

func BenchmarkMapTransientAssoc(b *testing.B) {
	b.ReportAllocs()
	m := NewMapBuilder(EmptyMap)
	for i := range b.N {
		if i%million == 0 {
			m = NewMapBuilder(EmptyMap)
		}
		m.Assoc(Int(int64(i%million)), Nil)
	}
}

func BenchmarkMapGet(b *testing.B) {
	m := millionMap()
	b.ResetTimer()
	x := uint32(1)
	for range b.N {
		x = x*1664525 + 1013904223
		m.Get(Int(int64(x>>8) % million))
	}
}

func BenchmarkSmallMapGet(b *testing.B) {
	m := EmptyMap
	var ks []Value
	for i := range 8 {
		k := K("key" + strconv.Itoa(i))
		ks = append(ks, k)
		m = m.Assoc(k, Int(int64(i)))
	}
	b.ResetTimer()
	for i := range b.N {
		m.Get(ks[i&7])
	}
}

func BenchmarkAdd(b *testing.B) {
	v := Int(0)
	for range b.N {
		v = Add(v, Int(1))
	}
}

func BenchmarkEqualVectors(b *testing.B) {
	x, y := Vec(Int(1), K("a"), Str("b"), Float(2)), Vec(Int(1), K("a"), Str("b"), Float(2))
	b.ReportAllocs()
	for range b.N {
		Equal(x, y)
	}
}

func BenchmarkHashVector(b *testing.B) {
	for range b.N {
		Hash(Vec(Int(1), K("a"), Str("b"), Float(2)))
	}
}

func BenchmarkPrint(b *testing.B) {
	v := NewRange(0, 1000, 1)
	b.ReportAllocs()
	for range b.N {
		PrString(v)
	}
}

func BenchmarkReduceVector(b *testing.B) {
	v := millionVector()
	b.ResetTimer()
	for range b.N {
		var s int64
		Iterate(Obj(v), func(x Value) bool { s += x.AsInt(); return true })
	}
}
