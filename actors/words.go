package actors

import "github.com/conc-repl/conc-repl/lang"

// The atoms of the BEAM's protocol.
var (
	kwNormal   = lang.K("normal")
	kwKill     = lang.K("kill")
	kwKilled   = lang.K("killed")
	kwEXIT     = lang.K("EXIT")
	kwDOWN     = lang.K("DOWN")
	kwProcess  = lang.K("process")
	kwNoproc   = lang.K("noproc")
	kwNocatch  = lang.K("nocatch")
	kwInfinity = lang.K("infinity")
	kwTimedOut = lang.K("timeout")
	kwUndef    = lang.K("undefined")
	kwName     = lang.K("registered_name")
	kwOk       = lang.K("ok")
	kwNode     = lang.K("nonode@nohost")
)
