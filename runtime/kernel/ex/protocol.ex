defmodule Protocol do
  @moduledoc "What can be asked of protocols, and implementations that are made of others."

  @doc "Raises unless a module is a protocol. Protocol.assert_protocol!(Enumerable) #=> :ok"
  def assert_protocol!(module) do
    loaded!(module)
    unless function_exported?(module, :__protocol__, 1), do: raise(ArgumentError, "#{inspect(module)} is not a protocol")
    :ok
  end

  @doc "Raises unless a protocol is implemented for a type or struct."
  def assert_impl!(protocol, base) do
    implementation = Module.concat(protocol, base)
    loaded!(implementation)

    unless function_exported?(implementation, :__impl__, 1) do
      raise ArgumentError, "#{inspect(implementation)} is not an implementation of a protocol"
    end

    if implementation.__impl__(:protocol) != protocol do
      raise ArgumentError, "expected #{inspect(implementation)} to be an implementation of #{inspect(protocol)}, got: #{inspect(implementation.__impl__(:protocol))}"
    end

    :ok
  end

  @doc "Whether a protocol's implementations are fixed: never, here."
  def consolidated?(protocol), do: protocol.__protocol__(:consolidated?)

  @doc "Derives a protocol for a struct that is there already."
  defmacro derive(protocol, module, options \\ []) do
    protocol = Macro.expand(protocol, __CALLER__)
    module = Macro.expand(module, __CALLER__)
    any = Module.concat(protocol, Any)

    unless Code.ensure_loaded?(any) do
      raise ArgumentError, "could not load module #{inspect(any)} due to reason :nofile, cannot derive #{inspect(protocol)} for #{inspect(module)}"
    end

    if macro_exported?(any, :__deriving__, 3) do
      struct = module.__struct__()

      quote do
        require unquote(any)
        unquote(any).__deriving__(unquote(module), unquote(struct), unquote(options))
      end
    else
      quote(do: Protocol.__share__(unquote(protocol), unquote(module)))
    end
  end

  defp loaded!(module) do
    unless Code.ensure_loaded?(module), do: raise(ArgumentError, "could not load module #{inspect(module)} due to reason :nofile")
  end
end
