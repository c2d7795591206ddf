package lang

import (
	"math"
	"strconv"
	"strings"
)

// FormatFloat gives a float as Java's Double.toString does: 1.0E10, 0.001,
// and Infinity and NaN. The digits are the fewest that read back as f, as from
// JDK 19 on; older ones print more of them for a few floats.
func FormatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.Abs(f) == math.SmallestNonzeroFloat64: // Java shows two digits at least
		return strings.Replace(strconv.FormatFloat(f, 'e', 1, 64), "e", "E", 1)
	}
	if a := math.Abs(f); a == 0 || a >= 1e-3 && a < 1e7 {
		s := strconv.FormatFloat(f, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	}
	s := strconv.FormatFloat(f, 'e', -1, 64)
	digits, exp, _ := strings.Cut(s, "e")
	if !strings.Contains(digits, ".") {
		digits += ".0"
	}
	e, _ := strconv.Atoi(exp)
	return digits + "E" + strconv.Itoa(e)
}
