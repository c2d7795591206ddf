package lang

// Record is a value of a type that defrecord made: a map that has its type's
// fields first and whatever was associated with it beyond them.
type Record struct {
	Type *RecordType
	vals []Value // by field
	ext  *Map    // further entries; nil if none
	Meta *Map
	hash uint32
}

// RecordType is what defrecord makes.
type RecordType struct {
	Class  *Class
	Fields []*Keyword
}

// NewRecord makes a record; vals has one value for each field.
func NewRecord(t *RecordType, vals []Value) *Record {
	return &Record{Type: t, vals: append([]Value(nil), vals...)}
}

// Class gives the record's own class.
func (r *Record) Class() *Class { return r.Type.Class }

func (r *Record) field(k Value) int {
	if kw, ok := k.p.(*Keyword); ok {
		for i, f := range r.Type.Fields {
			if f == kw {
				return i
			}
		}
	}
	return -1
}

// Len gives the number of entries.
func (r *Record) Len() int { return len(r.vals) + r.further().Len() }

func (r *Record) further() *Map {
	if r.ext == nil {
		return EmptyMap
	}
	return r.ext
}

// Get gives the value of k and whether r has k.
func (r *Record) Get(k Value) (Value, bool) {
	if i := r.field(k); i >= 0 {
		return r.vals[i], true
	}
	return r.further().Get(k)
}

// Field gives the value of field i.
func (r *Record) Field(i int) Value { return r.vals[i] }

// Assoc gives r with k bound to v.
func (r *Record) Assoc(k, v Value) *Record {
	n := *r
	n.hash = 0
	if i := r.field(k); i >= 0 {
		n.vals = append([]Value(nil), r.vals...)
		n.vals[i] = v
	} else {
		n.ext = r.further().Assoc(k, v)
	}
	return &n
}

// Dissoc gives r without k: a record still, or a plain map if k is a field.
func (r *Record) Dissoc(k Value) Value {
	if r.field(k) >= 0 {
		return Obj(r.Map().Dissoc(k))
	}
	n := *r
	n.hash = 0
	n.ext = r.further().Dissoc(k)
	return Obj(&n)
}

// Map gives the entries of r as a plain map.
func (r *Record) Map() *Map {
	b := NewMapBuilder(EmptyMap)
	r.Each(func(k, v Value) bool { b.Assoc(k, v); return true })
	return b.Map().WithMeta(r.Meta)
}

// Each calls f with each entry, fields first, until f gives false.
func (r *Record) Each(f func(k, v Value) bool) {
	for i, k := range r.Type.Fields {
		if !f(Kw(k), r.vals[i]) {
			return
		}
	}
	r.further().Each(f)
}

func (r *Record) seq(part seqPart) Value {
	es := make([]entry, 0, r.Len())
	r.Each(func(k, v Value) bool { es = append(es, entry{k, v}); return true })
	if len(es) == 0 {
		return Nil
	}
	return Obj(&arraySeq{es, part})
}

// WithMeta gives r with other metadata.
func (r *Record) WithMeta(m *Map) *Record {
	n := *r
	n.Meta = m
	return &n
}
