import gguf, numpy as np, pytest
from pathlib import Path
TEMPLATE="{{ bos_token }}{%- if messages[0]['role'] == 'system' -%}{%- set prefix = messages[0]['content'] + '\n\n' -%}{%- set loop_messages = messages[1:] -%}{%- else -%}{%- set prefix = '' -%}{%- set loop_messages = messages -%}{%- endif -%}{%- for m in loop_messages -%}{%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) -%}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{%- endif -%}{{ '<start_of_turn>' + ('model' if m['role']=='assistant' else m['role']) + '\n' + (prefix if loop.first else '') }}{{ m['content'] | trim }}{{ '<end_of_turn>\n' }}{%- endfor -%}{%- if add_generation_prompt -%}{{ '<start_of_turn>model\n' }}{%- endif -%}"
@pytest.fixture(scope="session")
def tiny_gguf(tmp_path_factory):
    path=tmp_path_factory.mktemp("model")/"tiny.gguf"
    words=["<pad>","<eos>","<bos>","<unk>","<start_of_turn>","<end_of_turn>"]; types=[3,3,3,2,3,3]
    words+=[f"<0x{i:02X}>" for i in range(256)]; types+=[6]*256
    extra=list("abcdefghijklmnopqrstuvwxyz0123456789.,!?\n\u2581<>_|/")+list("абвгдеёжзийклмнопрстуфхчшъэюяғӣқӯҳҷ")
    words+=extra; types+=[1]*len(extra)
    while len(words)%32: words.append(f"<unused{len(words)}>"); types.append(3)
    D,L,H,Dh,F,V=64,2,2,32,128,len(words)
    w=gguf.GGUFWriter(path,"gemma3"); w.add_name("tiny"); w.add_context_length(512); w.add_embedding_length(D); w.add_block_count(L); w.add_feed_forward_length(F); w.add_head_count(H); w.add_head_count_kv(1); w.add_key_length(Dh); w.add_value_length(Dh); w.add_layer_norm_rms_eps(1e-6); w.add_rope_freq_base(1e6); w.add_sliding_window(128)
    w.add_tokenizer_model("llama"); w.add_tokenizer_pre("default"); w.add_token_list(words); w.add_token_types(types); w.add_token_scores([-float(i) for i in range(V)])
    w.add_bos_token_id(2); w.add_eos_token_id(1); w.add_unk_token_id(3); w.add_pad_token_id(0); w.add_add_bos_token(True); w.add_add_space_prefix(False); w.add_chat_template(TEMPLATE)
    r=np.random.default_rng(0)
    t=lambda *s: r.normal(0,.3,s).astype(np.float32)
    w.add_tensor("token_embd.weight",t(V,D)); w.add_tensor("output_norm.weight",np.ones(D,np.float32))
    for i in range(L):
        b=f"blk.{i}."
        for n,s in dict(attn_q=(H*Dh,D),attn_k=(Dh,D),attn_v=(Dh,D),attn_output=(D,H*Dh),ffn_gate=(F,D),ffn_up=(F,D),ffn_down=(D,F)).items(): w.add_tensor(b+n+".weight",t(*s))
        for n,s in dict(attn_norm=D,post_attention_norm=D,ffn_norm=D,post_ffw_norm=D,attn_q_norm=Dh,attn_k_norm=Dh).items(): w.add_tensor(b+n+".weight",np.ones(s,np.float32))
    w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()
    return path
