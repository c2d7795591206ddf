package runtime

import (
	"strconv"

	"github.com/conc-repl/conc-repl/lang"
)

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }

// internalError is the class of a fault of the machine's own.
var internalError = lang.DefineClass("java.lang.InternalError", lang.VirtualMachineError)
