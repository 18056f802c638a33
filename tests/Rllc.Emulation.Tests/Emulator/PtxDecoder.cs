using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rllc.Emulation.Tests.Emulator;

/// <summary>Turns an instruction into what it does. Arithmetic is that of .NET, which is IEEE 754's, with nothing fused.</summary>
internal sealed partial class PtxDecoder(PtxEntry entry, string code, string[] operands)
{
    private readonly string[] _code = code.Split('.');
    private readonly int _bits = BitsOf(code);

    private delegate ulong Value(PtxThread thread);

    private string Type => _code[^1];

    public PtxOperation Decode() => _code[0] switch
    {
        "ld" => Load(),
        "st" => Store(),
        "bra" => Branch(),
        "bar" => thread => thread.Barrier = thread.Next,
        "shfl" when code == "shfl.sync.down.b32" && operands[3] == "31" && operands[4] == "4294967295" => Shuffle(),
        "ret" => thread => thread.IsDone = true,
        "setp" => Compare(),
        "selp" => Select(),
        "mov" or "cvta" => Unary(Truncate),
        "cvt" => Unary(Conversion(from: Type, to: _code[^2])),
        "not" when Type == "pred" => Unary(value => value ^ 1),
        "and" => Binary((x, y) => Truncate(x & y)),
        "or" => Binary((x, y) => Truncate(x | y)),
        "xor" => Binary((x, y) => Truncate(x ^ y)),
        "shl" => Binary((x, y) => (uint)y < _bits ? Truncate(x << (int)y) : 0),
        "shr" when Type[0] == 's' => Binary(Type == "s32"
            ? (x, y) => (uint)((int)x >> (int)Math.Min((uint)y, 31))
            : (x, y) => (ulong)((long)x >> (int)Math.Min((uint)y, 63))),
        "shr" => Binary((x, y) => (uint)y < _bits ? x >> (int)y : 0),
        "mul" when _code[1] == "wide" => Binary(Type == "s32" ? (x, y) => (ulong)((long)(int)x * (int)y) : (x, y) => (ulong)(uint)x * (uint)y),
        _ => Type switch
        {
            "f32" => Arithmetic<float>(),
            "f64" => Arithmetic<double>(),
            "s32" => Arithmetic<int>(),
            "u32" => Arithmetic<uint>(),
            "s64" => Arithmetic<long>(),
            "u64" => Arithmetic<ulong>(),
            _ => throw Unknown(),
        },
    };

    // Of the type that the code ends with; those of code without a type are of no meaning.
    private static int BitsOf(string code) =>
        code.EndsWith(".pred", StringComparison.Ordinal) ? 1
        : int.TryParse(code[(code.LastIndexOf('.') + 2)..], CultureInfo.InvariantCulture, out var bits) ? bits
        : 0;

    private PtxOperation Arithmetic<T>() where T : unmanaged, INumber<T>
    {
        // A float operation is rounded as it says, or to the nearest where it says nothing; an integer one keeps the lower half.
        if (_code.Length > 2 && _code[1] is not ("rn" or "lo"))
            throw Unknown();
        return _code[0] switch
        {
            "add" => Binary<T>((x, y) => x + y),
            "sub" => Binary<T>((x, y) => x - y),
            "mul" => Binary<T>((x, y) => x * y),
            "div" => Binary<T>((x, y) => x / y),
            "rem" => Binary<T>((x, y) => x % y),
            "rcp" when _code[1] == "rn" => Unary<T>(x => T.One / x),
            "mad" => Ternary<T>((x, y, z) => x * y + z),
            "neg" => Unary<T>(x => -x),
            "abs" => Unary<T>(T.Abs),
            "sqrt" when _code[1] == "rn" && typeof(T) == typeof(double) => Unary<double>(Math.Sqrt),
            "sqrt" when _code[1] == "rn" && typeof(T) == typeof(float) => Unary<float>(MathF.Sqrt),
            _ => throw Unknown(),
        };
    }

    private PtxOperation Compare()
    {
        var (target, x, y) = (Target(0), Source(1), Source(2));
        var compare = Type switch
        {
            "f32" => Comparison<float>(_code[1]),
            "f64" => Comparison<double>(_code[1]),
            "s32" => Comparison<int>(_code[1]),
            "u32" or "b32" => Comparison<uint>(_code[1]),
            "s64" => Comparison<long>(_code[1]),
            "u64" or "b64" => Comparison<ulong>(_code[1]),
            _ => throw Unknown(),
        };
        return thread => thread.Registers[target] = compare(x(thread), y(thread)) ? 1ul : 0;
    }

    // A name that ends in u is true of what cannot be compared; for unsigned integers some names differ.
    private Func<ulong, ulong, bool> Comparison<T>(string name) where T : unmanaged, INumber<T> => name switch
    {
        "eq" => (x, y) => As<T>(x) == As<T>(y),
        "ne" => (x, y) => As<T>(x) < As<T>(y) || As<T>(x) > As<T>(y),
        "lt" or "lo" => (x, y) => As<T>(x) < As<T>(y),
        "le" or "ls" => (x, y) => As<T>(x) <= As<T>(y),
        "gt" or "hi" => (x, y) => As<T>(x) > As<T>(y),
        "ge" or "hs" => (x, y) => As<T>(x) >= As<T>(y),
        "equ" => (x, y) => !(As<T>(x) < As<T>(y) || As<T>(x) > As<T>(y)),
        "neu" => (x, y) => As<T>(x) != As<T>(y),
        "ltu" => (x, y) => !(As<T>(x) >= As<T>(y)),
        "leu" => (x, y) => !(As<T>(x) > As<T>(y)),
        "gtu" => (x, y) => !(As<T>(x) <= As<T>(y)),
        "geu" => (x, y) => !(As<T>(x) < As<T>(y)),
        _ => throw Unknown(),
    };

    private Func<ulong, ulong> Conversion(string from, string to) => (from, to) switch
    {
        ("f32", "f64") => value => Raw((double)As<float>(value)),
        ("f64", "f32") when _code[1] == "rn" => value => Raw((float)As<double>(value)),
        ("s32", "f64") when _code[1] == "rn" => value => Raw((double)As<int>(value)),
        ("s32", "f32") when _code[1] == "rn" => value => Raw((float)As<int>(value)),
        ("s16", "s32" or "u32" or "s64" or "u64") => value => Narrow(to, (ulong)As<short>(value)),
        ("s32", "s64" or "u64") => value => (ulong)As<int>(value),
        ("u16" or "u32" or "u64" or "s64" or "s32" or "b32" or "b64", "s16" or "u16" or "s32" or "u32" or "s64" or "u64") => value => Narrow(to, Narrow(from, value)),
        _ => throw Unknown(),
    };

    private static ulong Narrow(string type, ulong value) => type[1..] switch
    {
        "16" => (ushort)value,
        "32" => (uint)value,
        _ => value,
    };

    private PtxOperation Branch()
    {
        var target = entry.Label(operands[0]);
        return thread => thread.Next = target;
    }

    private PtxOperation Shuffle()
    {
        var (target, value, delta) = (Target(0), Source(1), Source(2));
        return thread => thread.Shuffle = new(thread.Next, value(thread), (int)delta(thread), target);
    }

    private PtxOperation Select()
    {
        var (target, x, y, condition) = (Target(0), Source(1), Source(2), Source(3));
        return thread => thread.Registers[target] = Truncate(condition(thread) != 0 ? x(thread) : y(thread));
    }

    private unsafe PtxOperation Load()
    {
        var targets = Vector(operands[0]).Select(entry.Register).ToArray();
        var address = Address(operands[1]);
        var bytes = _bits / 8;
        var space = Space();
        return thread =>
        {
            fixed (byte* source = &At(thread, space, address(thread), bytes * targets.Length, toWrite: false))
                for (var i = 0; i < targets.Length; i++)
                {
                    ulong value = 0;
                    Buffer.MemoryCopy(source + i * bytes, &value, sizeof(ulong), bytes);
                    thread.Registers[targets[i]] = value;
                }
        };
    }

    private unsafe PtxOperation Store()
    {
        var sources = Vector(operands[1]).Select(Source).ToArray();
        var address = Address(operands[0]);
        var bytes = _bits / 8;
        var space = Space();
        return thread =>
        {
            fixed (byte* target = &At(thread, space, address(thread), bytes * sources.Length, toWrite: true))
                for (var i = 0; i < sources.Length; i++)
                {
                    var value = sources[i](thread);
                    Buffer.MemoryCopy(&value, target + i * bytes, bytes, bytes);
                }
        };
    }

    // An access without a space would go through a generic address: slower, and never needed here.
    private string Space() => _code[1] is "global" or "shared" or "param" ? _code[1] : throw Unknown();

    private static unsafe ref byte At(PtxThread thread, string space, ulong address, int bytes, bool toWrite)
    {
        if (space == "global")
            return ref *thread.Group.Addresses.At(address, bytes, toWrite);
        var memory = space == "shared" ? thread.Group.Shared : thread.Group.Argument;
        if (address % (ulong)bytes != 0 || address + (ulong)bytes > (ulong)memory.Length)
            throw new InvalidOperationException($"An access to {bytes} bytes at {address} of {memory.Length} bytes of {space} memory.");
        return ref memory[address];
    }

    private Value Address(string operand)
    {
        var match = AddressPattern().Match(operand);
        var start = Source(match.Groups["base"].Value);
        var offset = match.Groups["offset"].Success ? ulong.Parse(match.Groups["offset"].Value, CultureInfo.InvariantCulture) : 0;
        return thread => start(thread) + offset;
    }

    private static string[] Vector(string operand) => operand.Trim('{', '}').Split(',', StringSplitOptions.TrimEntries);

    private PtxOperation Unary(Func<ulong, ulong> operation)
    {
        var (target, x) = (Target(0), Source(1));
        return thread => thread.Registers[target] = operation(x(thread));
    }

    private PtxOperation Unary<T>(Func<T, T> operation) where T : unmanaged => Unary(x => Raw(operation(As<T>(x))));

    private PtxOperation Binary(Func<ulong, ulong, ulong> operation)
    {
        var (target, x, y) = (Target(0), Source(1), Source(2));
        return thread => thread.Registers[target] = operation(x(thread), y(thread));
    }

    private PtxOperation Binary<T>(Func<T, T, T> operation) where T : unmanaged => Binary((x, y) => Raw(operation(As<T>(x), As<T>(y))));

    private PtxOperation Ternary<T>(Func<T, T, T, T> operation) where T : unmanaged
    {
        var (target, x, y, z) = (Target(0), Source(1), Source(2), Source(3));
        return thread => thread.Registers[target] = Raw(operation(As<T>(x(thread)), As<T>(y(thread)), As<T>(z(thread))));
    }

    private int Target(int operand) => entry.Register(operands[operand]);

    private Value Source(int operand) => Source(operands[operand]);

    private Value Source(string operand)
    {
        switch (operand)
        {
            case "%tid.x": return thread => (ulong)thread.Index;
            case "%ntid.x": return thread => (ulong)thread.Group.ThreadCount;
            case "%ctaid.x": return thread => (ulong)thread.Group.Index;
            case "%nctaid.x": return thread => (ulong)thread.Group.Count;
            case "%laneid": return thread => (ulong)thread.Index % 32;
        }
        if (operand[0] == '%')
        {
            var register = entry.Register(operand);
            return thread => thread.Registers[register];
        }
        var constant = Constant(operand);
        return _ => constant;
    }

    private ulong Constant(string text) =>
        text.StartsWith("0f", StringComparison.Ordinal) || text.StartsWith("0d", StringComparison.Ordinal) ? ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? (ulong)integer
        : entry.Symbol(text);

    // A negative constant has more bits than a register of a narrow type.
    private ulong Truncate(ulong value) => _bits switch
    {
        1 => value & 1,
        16 => (ushort)value,
        32 => (uint)value,
        _ => value,
    };

    private static T As<T>(ulong raw) where T : unmanaged => Unsafe.As<ulong, T>(ref raw);

    private static ulong Raw<T>(T value) where T : unmanaged
    {
        var raw = 0ul;
        Unsafe.As<ulong, T>(ref raw) = value;
        return raw;
    }

    private NotSupportedException Unknown() => new($"{entry.Name}: {code} {string.Join(", ", operands)}");

    [GeneratedRegex(@"^\[(?<base>[%\w.]+)(\+(?<offset>\d+))?\]$")]
    private static partial Regex AddressPattern();
}
