package lang

import (
	"strings"
	"testing"
)

// TestOpTable checks the description of every operation: a name that no
// other has, known letters, effects that name operands, a picture.
func TestOpTable(t *testing.T) {
	names := map[string]Op{}
	for op := OpNop; op < NumOps; op++ {
		info := OpTable[op]
		if info.Name == "" || info.Picture == "" {
			t.Errorf("operation %d has no name or no picture", op)
		}
		if other, ok := names[info.Name]; ok {
			t.Errorf("operations %d and %d are both named %s", op, other, info.Name)
		}
		names[info.Name] = op
		if bad := strings.Trim(info.Args, "rknuijJKFIs-"); bad != "" {
			t.Errorf("%s: unknown operand letters %q", info.Name, bad)
		}
		if strings.Trim(info.Reads+info.Writes, "abc+") != "" {
			t.Errorf("%s: effects %q, %q name no operands", info.Name, info.Reads, info.Writes)
		}
		for _, c := range strings.Trim(info.Writes, "+") {
			if i := int(c - 'a'); i >= len(info.Args) || info.Args[i] != 'r' {
				t.Errorf("%s writes %c, which is no register", info.Name, c)
			}
		}
	}
}

// TestOperands packs operands into instructions and takes them out again.
func TestOperands(t *testing.T) {
	i := Ins(OpAdd, 65535, 1, -2)
	if Op(i&0xff) != OpAdd || A(i) != 65535 || B(i) != 1 || SC(i) != -2 || C(i) != 65534 {
		t.Errorf("three operands: %x", i)
	}
	x := InsX(OpAddLoop, 7, -70000, -5)
	if A(x) != 7 || Bx(x) != -70000 || SD(x) != -5 || D(x) != 251 {
		t.Errorf("a wide operand: %x", x)
	}
}
