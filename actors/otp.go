package actors

import "embed"

// otp is OTP's modules in Elixir notation.
//
//go:embed otp/*.ex
var otp embed.FS
