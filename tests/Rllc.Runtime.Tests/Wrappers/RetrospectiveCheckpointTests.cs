using System.Text;
using Rllc.Runtime.Tests.Cpu;

namespace Rllc.Runtime.Tests.Wrappers;

public sealed class RetrospectiveCheckpointTests
{
    private static readonly long[] Lengths = [17, 0, 400];

    [Fact]
    public void A_resumed_run_goes_on_with_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "law.safetensors");
        var (first, second) = (new Valley(417), new Valley(417));
        using var optimizer = new MomentumMixByHand(Lengths);
        var retrospective = new Retrospective(Lengths, new() { LawLearningRate = 1e-3, Epsilon = 1e-5 });
        Train(retrospective, optimizer, first, 5);
        retrospective.Save(file);
        var state = new MemoryStream();
        optimizer.Save(state, Valley.Tensors(first.Parameters, Lengths));
        Train(retrospective, optimizer, first, 5);

        using var resumed = new MomentumMixByHand(Lengths);
        state.Position = 0;
        resumed.Load(state, Valley.Tensors(second.Parameters, Lengths));
        var law = new Retrospective(Lengths);
        law.Load(file);
        Assert.Equal(1e-3, law.LawLearningRate);
        Train(law, resumed, second, 5);

        Assert.Equal(first.Parameters, second.Parameters);
        Assert.Equal(retrospective.Law, law.Law);
        Assert.NotEqual(1, law.Law);
    }

    [Fact]
    public void Every_damaged_byte_is_found_and_nothing_changed()
    {
        var retrospective = new Retrospective([3]);
        float[] θ = [1, 2, 3], g = [1, 1, 1];
        void Step() => θ[1] -= 0.25f;
        retrospective.Step(θ, g, Step);
        retrospective.Step(θ, g, Step);
        var before = Bytes(retrospective);
        for (var position = 0; position < before.Length; position++)
        {
            var damaged = before.ToArray();
            damaged[position] ^= 4;
            Assert.Throws<InvalidDataException>(() => retrospective.Load(new MemoryStream(damaged)));
        }
        for (var length = 0; length < before.Length; length++)
            Assert.Throws<InvalidDataException>(() => retrospective.Load(new MemoryStream(before, 0, length)));
        Assert.Equal(before, Bytes(retrospective));
        retrospective.Load(new MemoryStream(before));
        Assert.Equal(before, Bytes(retrospective));
    }

    [Fact]
    public void What_is_of_something_else_is_refused_with_the_difference()
    {
        var retrospective = new Retrospective([3]);
        var other = Assert.Throws<InvalidDataException>(() => retrospective.Load(new MemoryStream(Bytes(new Retrospective([2, 1])))));
        Assert.Contains("[2,1]", other.Message);
        Assert.Contains("[3]", other.Message);
        using var optimizer = new MomentumMixByHand(3);
        var checkpoint = new MemoryStream();
        optimizer.Save(checkpoint);
        checkpoint.Position = 0;
        Assert.Contains("retrospective", Assert.Throws<InvalidDataException>(() => retrospective.Load(checkpoint)).Message);
    }

    [Fact]
    public void The_file_is_one_of_safetensors()
    {
        var text = Encoding.UTF8.GetString(Bytes(new Retrospective([3], new() { LawLearningRate = 0.25 })));
        foreach (var part in (string[])["\"format\":\"rllc.retrospective\"", "\"version\":\"1\"", "\"lengths\":\"[3]\"", "\"law\":\"1\"", "\"law_learning_rate\":\"0.25\"", "\"epsilon\":\"1E-08\"", "\"memory.d\":{\"dtype\":\"F32\",\"shape\":[3]"])
            Assert.Contains(part, text);
    }

    private static void Train(Retrospective retrospective, Optimizer optimizer, Valley valley, int steps)
    {
        var (θ, g) = (Valley.Tensors(valley.Parameters, Lengths), Array.ConvertAll(Valley.Tensors(valley.Gradient, Lengths), tensor => (ReadOnlyMemory<float>)tensor));
        for (var step = 0; step < steps; step++)
        {
            valley.Backward();
            retrospective.Step(θ, g, () => optimizer.Step(θ, g));
        }
    }

    private static byte[] Bytes(Retrospective retrospective)
    {
        var stream = new MemoryStream();
        retrospective.Save(stream);
        return stream.ToArray();
    }
}
